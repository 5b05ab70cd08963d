"""What the scripts say when there is no network. Fetched while there is one, and kept on the device as they stand."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

ORD: dict[str, LazyString] = {
    "venter": _l("Ligger på telefonen, ikke sendt"),
    "send_na": _l("Send nå"),
    "sender": _l("Sender {nr} av {antall} …"),
    "sendt": _l("Sendt. Nav har fått det."),
    "ikke_kontakt": _l("Vi får ikke kontakt. Det ligger på telefonen, og blir sendt når nettet kommer."),
    "senere": _l("Det gikk ikke akkurat nå. Det ligger på telefonen, og vi prøver igjen."),
    "logg_inn_for": _l("Du er logget ut. Logg inn, så blir det sendt."),
    "logg_inn": _l("Logg inn"),
    "stoppet": _l("Dette ble ikke sendt. Du må se på det først."),
    "se_pa": _l("Se på det"),
    "ta_bort": _l("Ta bort fra listen"),
    "det_du_skrev": _l("Det du skrev"),
    "svar_pa": _l("Svarene i «{tittel}»"),
    "utkast_i": _l("Utkast: {tittel}"),
    "uten_nett": _l("Du er uten nett. Dette lå på telefonen {nar}."),
    "bare_fane": _l("Uten nett kan du lese dette til du lukker fanen."),
    "ikke_her": _l("Denne siden ligger ikke på telefonen. Du kan åpne den når du har nett."),
    "trenger_nett": _l("Dette kan du gjøre når du har nett igjen."),
    "las_opp": _l("Lås opp med fingeravtrykk, ansikt eller skjermlås"),
    "las_opp_tittel": _l("Du er uten nett"),
    "las_opp_tekst": _l("Du kan lese og skrive det som ligger på telefonen. Vi sender det når nettet kommer."),
    "las_opp_feil": _l("Det gikk ikke å låse opp. Prøv igjen."),
    "noe_venter": _l("Noe du har skrevet, ligger på telefonen og er ikke sendt."),
    "se_over": _l("Se over svaret"),
    "se_over_tekst": _l("Du er uten nett, så dette er ikke sendt. Les det, og velg hva du vil gjøre."),
    "send_nar": _l("Send når nettet kommer"),
    "ta_vare": _l("Bare ta vare på det"),
    "endre": _l("Endre svaret"),
    "frist": _l(
        "Fristen er {frist}. Nav får svaret først når du har nett igjen. Rekker du ikke det, kan du ringe kontoret:"
    ),
    "uten_frist": _l("Nav får dette først når du har nett igjen. Haster det, kan du ringe kontoret:"),
    "lagt": _l("Ligger på telefonen, ikke sendt. Vi sender det når nettet kommer."),
    "utkast_lagt": _l("Utkastet ligger på telefonen, ikke sendt."),
    "ikke_plass": _l("Telefonen kan ikke ta vare på dette. La siden stå åpen til nettet er tilbake."),
    "fil": _l("Fil: {navn}"),
    "fil_venter": _l("{navn} ligger på telefonen. Den blir sendt sammen med svaret."),
    "ikke_ta_med": _l("Ikke ta med"),
}
