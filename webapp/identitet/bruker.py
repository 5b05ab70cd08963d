"""identitet: the views of the bruker side."""

from flask import Blueprint

bp = Blueprint("identitet_bruker", __name__)
