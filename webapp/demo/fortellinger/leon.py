"""Leon has an invitation and has not opened it yet."""

from __future__ import annotations

from webapp.demo.steg import Invitert, Steg

VEI: tuple[Steg, ...] = (Invitert(dag=-1, kl="10:20", brukt=False),)
