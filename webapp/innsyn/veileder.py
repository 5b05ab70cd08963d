"""innsyn: the views of the veileder side."""

from flask import Blueprint

bp = Blueprint("innsyn_veileder", __name__)
