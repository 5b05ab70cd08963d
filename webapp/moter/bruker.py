"""moter: the views of the bruker side."""

from flask import Blueprint

bp = Blueprint("moter_bruker", __name__)
