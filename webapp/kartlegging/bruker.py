"""kartlegging: the views of the bruker side."""

from flask import Blueprint

bp = Blueprint("kartlegging_bruker", __name__)
