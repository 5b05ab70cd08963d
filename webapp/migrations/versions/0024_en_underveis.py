"""paminnelse: one person has at most one message on its way in a channel.

Revision: 0024, after 0023
"""

import sqlalchemy as sa
from alembic import op

from webapp.platform import clock, ids

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ON_ITS_WAY = sa.text("tilstand in ('tatt','sender') and hendelse <> 'prove'")
WAY = ("kommune_id", "bruker_id", "kanal", "mal_id")
UTBOKS = sa.table(
    "utboks",
    *(sa.column(name, sa.Uuid()) for name in ("id", "bruker_id", "mal_id", "ref", "tatt_av")),
    *(sa.column(name, sa.String()) for name in ("kanal", "tilstand", "kode", "hendelse", "trinn")),
    *(sa.column(name, sa.DateTime(timezone=True)) for name in ("tatt_til", "endret")),
    sa.column("kommune_id", sa.Integer()),
)
SENDT = sa.table(
    "paminnelse_sendt",
    *(sa.column(name, sa.Uuid()) for name in ("id", "bruker_id", "utboks_id", "ref")),
    *(sa.column(name, sa.String()) for name in ("hendelse", "trinn", "kanal", "resultat", "kode")),
    sa.column("nar", sa.DateTime(timezone=True)),
    sa.column("kommune_id", sa.Integer()),
)


def upgrade() -> None:
    """Settle what several workers had for one person as if they were dead, and let the database refuse a second one."""
    db = op.get_bind()
    if db.dialect.name == "postgresql":  # workers of the older version go on meanwhile: they wait until this is done
        op.execute("LOCK TABLE utboks IN SHARE ROW EXCLUSIVE MODE")
    back = {"tilstand": "venter", "tatt_av": None, "tatt_til": None}
    db.execute(sa.update(UTBOKS).where(UTBOKS.c.tilstand == "tatt").values(**back))  # certainly not sent
    handing = db.execute(
        sa.select(UTBOKS)
        .where(UTBOKS.c.tilstand == "sender", UTBOKS.c.bruker_id.is_not(None), UTBOKS.c.hendelse != "prove")
        .order_by(UTBOKS.c.tatt_til.desc())
    ).all()
    seen, now = set(), clock.now()
    for row in handing:
        way = tuple(getattr(row, name) for name in WAY)
        if way not in seen:
            seen.add(way)
            continue
        this = sa.update(UTBOKS).where(UTBOKS.c.kommune_id == row.kommune_id, UTBOKS.c.id == row.id)
        if row.kanal == "push":  # the second one replaces the first
            db.execute(this.values(**back))
            continue
        db.execute(this.values(tilstand="uviss", kode="avbrutt", tatt_til=None, endret=now))
        db.execute(
            sa.insert(SENDT).values(
                id=ids.new_id(),
                kommune_id=row.kommune_id,
                bruker_id=row.bruker_id,
                utboks_id=row.id,
                hendelse=row.hendelse,
                ref=row.ref,
                trinn=row.trinn,
                kanal=row.kanal,
                resultat="uviss",
                kode="avbrutt",
                nar=now,
            )
        )
    op.create_index(
        "uq_utboks_underveis", "utboks", list(WAY), unique=True, sqlite_where=ON_ITS_WAY, postgresql_where=ON_ITS_WAY
    )


def downgrade() -> None:
    """Let two workers take for the same person again."""
    op.drop_index("uq_utboks_underveis", "utboks")
