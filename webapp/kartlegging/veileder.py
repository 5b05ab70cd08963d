"""kartlegging: the views of the veileder side."""

from flask import Blueprint

bp = Blueprint("kartlegging_veileder", __name__)
