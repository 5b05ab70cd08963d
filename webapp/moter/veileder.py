"""moter: the views of the veileder side."""

from flask import Blueprint

bp = Blueprint("moter_veileder", __name__)
