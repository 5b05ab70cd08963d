"""identitet: the views of the veileder side."""

from flask import Blueprint

bp = Blueprint("identitet_veileder", __name__)
