"""innsyn: the views of the bruker side."""

from flask import Blueprint

bp = Blueprint("innsyn_bruker", __name__)
