"""Forms: one base class, with what every field of ours checks, says, and never loses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from flask import Flask, Response, abort, g, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, HiddenField, StringField, TextAreaField
from wtforms.fields.choices import SelectFieldBase
from wtforms.fields.core import UnboundField
from wtforms.validators import DataRequired, Optional, ValidationError

from webapp.platform import access, draft_parts, drafts, kommune, languages
from webapp.platform.database import reading
from webapp.platform.draft_parts import Page

SHORT, LONG = 200, 10_000  # characters in a one-line field, and in own words

# Control characters but tab and newline; lone surrogates (they come in through JSON and cannot be shown).
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def init_app(app: Flask) -> None:
    """Connect to ``app``."""
    app.after_request(refused)


def refused(response: Response) -> Response:
    """A page that comes back because something in its form is wrong says so with its status too, whatever the view."""
    form: Skjema | None = g.get("skjema")
    if request.method == "POST" and response.status_code == 200 and form is not None and form.errors:
        response.status_code = 422
    return response


def clean(text: str) -> str:
    """``text`` without what no person types: control characters go, broken characters become �, newlines are \\n."""
    text = _SURROGATES.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _UNPRINTABLE.sub("", text)


class Skjema(FlaskForm):
    """A form. ``validate_on_submit`` is False, with everything typed still in the fields, when

    - the person pressed a language button: the page comes back in that language and nothing is submitted;
    - the form key is too old: the page says so and asks them to send once more;
    - what their button asked for could not be done (``g.show_again`` says why);
    - a field is wrong: the field and the summary on top say what to do.
    """

    class Meta(FlaskForm.Meta):
        csrf = False  # checked once for every request by the gate: see gate.form_key

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """What was sent. Flask-WTF reads JSON too, with numbers and lists where the fields expect text."""
            if request.is_json and request.method not in {"GET", "HEAD"}:
                abort(415)
            return super().wrap_formdata(form, formdata)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.form_errors: list[Any] = []
        self.restored = False
        if request.method == "GET" and request.args.get("utkast"):
            kept = kept_fields()
            if kept:
                kwargs["formdata"] = MultiDict([(name, value) for name, values in kept.items() for value in values])
                self.restored = True
        super().__init__(*args, **kwargs)

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """See the class."""
        g.skjema = self  # whoever tells a script how it went finds the messages here: enhet/svar.py
        if not self.is_submitted() or languages.asked_for():
            return False
        if not g.get("form_key_ok", False):
            self.form_errors = [
                *self.form_errors,
                _("Siden hadde stått åpen lenge. Det du skrev, står her fortsatt. Trykk på knappen én gang til."),
            ]
            return False
        if g.get("show_again"):
            self.form_errors = [*self.form_errors, g.show_again]
            return False
        return bool(self.validate(extra_validators))


def kept_fields() -> drafts.Fields | None:
    """What was kept for the signed-in person under this address."""
    who = access.who()
    if who is None:
        return None
    if isinstance(who, access.Bruker):
        seal = who.seal
    else:
        with reading() as db:
            seal = kommune.seal_of(db, who.kommune_id)
    sak = g.get("sak")  # what is written about a bruker is sealed with their own key: see typed.store
    own = seal if sak is None else sak.seal
    found = drafts.parts(who.kommune_id, (who.actor.type, who.id), own, request.path, older=seal)
    if found and request.args.get("utkast"):
        g.setdefault("utkastside", Page.new(part.mark for part in found))
        g.setdefault("fetched", found)
    return draft_parts.as_one(found) if found else None


def draft_page() -> Page | None:
    """Which page this is, when kept text is fetched into it or a form comes back on it: it goes along with the form.

    Any other page is told by its script (static/js/utkastside.js).
    """
    page = Page.read(request.form.get(draft_parts.SIDE, ""))
    named: Page | None = g.get("utkastside")
    return page if page.id else named


@cache
def chosen(package: str) -> frozenset[str]:
    """The names of the fields that are chosen or hidden in the forms of a package, and typed in in none of them."""
    fields = {
        (name, issubclass(field.field_class, (BooleanField, HiddenField, SelectFieldBase)))
        for form in _below(Skjema)
        if form.__module__.startswith(f"{package}.")
        for name in dir(form)
        if isinstance(field := getattr(form, name), UnboundField)
    }
    return frozenset(name for name, is_chosen in fields if is_chosen and (name, False) not in fields)


def _below(form: type[Skjema]) -> Iterator[type[Skjema]]:
    for one in form.__subclasses__():
        yield one
        yield from _below(one)


class MaxLength:
    """At most ``most`` characters. Says how much is too much; the text itself stays in the field."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, _form: Any, field: Field) -> None:
        over = len(field.data or "") - self.most
        if over > 0:
            raise ValidationError(
                ngettext(
                    "Teksten er %(num)s tegn for lang. Gjør den kortere.",
                    "Teksten er %(num)s tegn for lang. Gjør den kortere.",
                    over,
                )
            )


def line(label: Any, *, most: int = SHORT, required: Any = None, hint: Any = "", **kwargs: Any) -> StringField:
    """A field of one line; ``required`` is the message when it is empty, or None when it may be."""
    return StringField(
        label,
        description=hint,
        filters=[_one_line],
        validators=[*_presence(required), MaxLength(most)],
        render_kw={"data-maks": str(most), **kwargs.pop("render_kw", {})},
        **kwargs,
    )


def words(label: Any, *, most: int = LONG, required: Any = None, hint: Any = "", **kwargs: Any) -> TextAreaField:
    """A field for own words; see ``line``."""
    return TextAreaField(
        label,
        description=hint,
        filters=[lambda value: clean(value) if value else ""],
        validators=[*_presence(required), MaxLength(most)],
        render_kw={"data-maks": str(most), "rows": "5", **kwargs.pop("render_kw", {})},
        **kwargs,
    )


def _one_line(value: str | None) -> str:
    return " ".join(clean(value).split()) if value else ""


def _presence(required: Any) -> list[Any]:
    # What is left after the filters: spaces and control characters are nothing.
    return [DataRequired(required or _l("Fyll ut dette feltet."))] if required else [Optional()]
