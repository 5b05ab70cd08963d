"""Every event described twice: in plain words for the bruker, and precisely for the veileder (S1, P3).

A test holds that every event in audit.EVENTS has both. How one becomes a text is in ordlyd.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True, slots=True, eq=False)
class Setning:
    """What is said about one kind of event. ``selv``: when the bruker did it; without it, the same words serve.

    %(hvem)s is who did it, %(hva)s what it was about, %(ansatt)s and %(fra)s the staff it names.
    """

    bruker: LazyString
    veileder: LazyString
    selv: LazyString | None = None
    selv_veileder: LazyString | None = None


SETNINGER: dict[str, Setning] = {
    "kommune_opprettet": Setning(
        _l("Kommunen din tok i bruk Medvirk."),
        _l("Kommunen ble opprettet i Medvirk."),
    ),
    "kontor_opprettet": Setning(
        _l("Et nytt kontor ble lagt inn."),
        _l("Et kontor ble opprettet (%(hvem)s)."),
    ),
    "ansatt_opprettet": Setning(
        _l("%(ansatt)s begynte å bruke Medvirk."),
        _l("%(ansatt)s ble registrert som %(hva)s (%(hvem)s)."),
    ),
    "ansatt_sperret": Setning(
        _l("%(ansatt)s kan ikke lenger logge inn i Medvirk."),
        _l("%(ansatt)s ble sperret (%(hvem)s)."),
    ),
    "ansatt_gjenapnet": Setning(
        _l("%(ansatt)s kan logge inn i Medvirk igjen."),
        _l("%(ansatt)s ble åpnet igjen (%(hvem)s)."),
    ),
    "bruker_registrert": Setning(
        _l("%(hvem)s la deg inn i Medvirk."),
        _l("Brukeren ble registrert (%(hvem)s)."),
    ),
    "bruker_endret": Setning(
        _l("%(hvem)s endret noe om deg: %(hva)s."),
        _l("%(hvem)s endret opplysninger: %(hva)s."),
        _l("Du endret noe om deg selv: %(hva)s."),
        _l("Brukeren endret opplysninger: %(hva)s."),
    ),
    "bruker_slettet": Setning(
        _l("Alt om deg ble slettet."),
        _l("Brukeren ble slettet (%(hvem)s)."),
    ),
    "bruker_tildelt": Setning(
        _l("%(ansatt)s skal følge deg opp (%(hva)s)."),
        _l("%(ansatt)s ble tildelt brukeren som %(hva)s (%(hvem)s)."),
    ),
    "bruker_overfort": Setning(
        _l("%(ansatt)s tok over som veilederen din. Du trenger ikke fortelle alt på nytt."),
        _l("Brukeren ble overført fra %(fra)s til %(ansatt)s (%(hvem)s)."),
    ),
    "vikar_avsluttet": Setning(
        _l("%(ansatt)s er ikke lenger vikar for veilederen din, og kan ikke åpne saken din som vikar."),
        _l("%(ansatt)s er ikke lenger vikar (%(hvem)s)."),
    ),
    "invitasjon_laget": Setning(
        _l("%(hvem)s laget en invitasjon til deg."),
        _l("Invitasjon ble laget (%(hvem)s)."),
    ),
    "invitasjon_tilbakekalt": Setning(
        _l("%(hvem)s stoppet en invitasjon til deg. Den virker ikke lenger."),
        _l("Invitasjon ble trukket tilbake (%(hvem)s)."),
        _l("Du stoppet en invitasjon. Den virker ikke lenger."),
    ),
    "invitasjon_brukt": Setning(
        _l("Invitasjonen din ble brukt til å logge inn."),
        _l("Invitasjonen ble brukt."),
        _l("Du brukte invitasjonen din."),
    ),
    "engangskoder_laget": Setning(
        _l("%(hvem)s laget engangskoder til deg (antall: %(hva)s)."),
        _l("Nytt ark med engangskoder (antall: %(hva)s, %(hvem)s)."),
        _l("Du laget nye engangskoder (antall: %(hva)s)."),
    ),
    "passnokkel_lagt_til": Setning(
        _l("En passnøkkel ble lagt til hos deg."),
        _l("Passnøkkel ble lagt til (%(hvem)s)."),
        _l("Du la til en passnøkkel."),
    ),
    "passnokkel_fjernet": Setning(
        _l("En passnøkkel ble fjernet hos deg."),
        _l("Passnøkkel ble fjernet (%(hvem)s)."),
        _l("Du fjernet en passnøkkel."),
    ),
    "logget_inn": Setning(
        _l("%(hvem)s logget inn (%(hva)s)."),
        _l("%(hvem)s logget inn med %(hva)s."),
        _l("Du logget inn (%(hva)s)."),
        _l("Brukeren logget inn med %(hva)s."),
    ),
    "logget_ut": Setning(
        _l("%(hvem)s logget ut."),
        _l("%(hvem)s logget ut av Medvirk."),
        _l("Du logget ut."),
        _l("Brukeren logget ut."),
    ),
    "okt_avsluttet": Setning(
        _l("En pålogging ble avsluttet."),
        _l("En pålogging ble avsluttet (%(hvem)s)."),
        _l("Du avsluttet en pålogging på en annen enhet."),
        _l("Brukeren avsluttet en pålogging."),
    ),
    "bruker_apnet": Setning(
        _l("%(hvem)s åpnet %(hva)s."),
        _l("%(hvem)s åpnet siden: %(hva)s."),
    ),
    "innsyn_begrunnet": Setning(
        _l("%(hvem)s er ikke veilederen din, og skrev en grunn for å kunne åpne saken din."),
        _l("%(hvem)s oppga en grunn for å åpne brukeren."),
    ),
    "navnesok": Setning(
        _l("%(hvem)s søkte etter et navn."),
        _l("%(hvem)s søkte på navn (treff: %(hva)s)."),
    ),
    "assistert_utfylling": Setning(
        _l("%(hvem)s begynte å skrive for deg (%(hva)s)."),
        _l("%(hvem)s begynte å skrive for brukeren (%(hva)s)."),
        _l("Noen som hjelper deg, begynte å skrive for deg (%(hva)s)."),
        _l("En hjelper begynte å skrive for brukeren (%(hva)s)."),
    ),
    "kartlegging_levert": Setning(
        _l("%(hvem)s leverte kartleggingen for deg. Nummer: %(hva)s."),
        _l("%(hvem)s leverte kartleggingen for brukeren, nummer %(hva)s."),
        _l("Du leverte kartleggingen. Nummer: %(hva)s."),
        _l("Brukeren leverte kartleggingen, nummer %(hva)s."),
    ),
    "merknad_skrevet": Setning(
        _l("%(hvem)s skrev noe ved siden av svaret ditt på: %(hva)s"),
        _l("%(hvem)s skrev en merknad eller et spørsmål ved: %(hva)s"),
    ),
    "merknad_besvart": Setning(
        _l("Det kom et svar fra deg til veilederen."),
        _l("Brukeren svarte på en merknad eller et spørsmål."),
        _l("Du svarte på det veilederen skrev."),
    ),
    "gjennomgang_registrert": Setning(
        _l("%(hvem)s noterte at dere har gått gjennom kartleggingen sammen."),
        _l("%(hvem)s registrerte at kartleggingen er gjennomgått."),
    ),
    "mote_avtalt": Setning(
        _l("%(hvem)s avtalte et møte med deg."),
        _l("%(hvem)s avtalte møte."),
    ),
    "mote_endret": Setning(
        _l("%(hvem)s endret et møte med deg."),
        _l("%(hvem)s endret tid, sted eller form for et møte."),
        _l("Du endret noe ved et møte."),
        _l("Brukeren endret noe ved et møte."),
    ),
    "mote_byttet": Setning(
        _l("%(hvem)s endret hvem du skal møte. Nå er det %(ansatt)s."),
        _l("%(hvem)s endret hvem som holder et møte. Nå er det %(ansatt)s."),
    ),
    "mote_avlyst": Setning(
        _l("%(hvem)s avlyste et møte med deg."),
        _l("%(hvem)s avlyste et møte."),
        _l("Du avlyste et møte."),
        _l("Brukeren avlyste et møte."),
    ),
    "mote_holdt": Setning(
        _l("%(hvem)s noterte at dere har hatt et møte."),
        _l("%(hvem)s registrerte at et møte ble holdt."),
    ),
    # U7: nothing says whose doing it was.
    "mote_ikke_holdt": Setning(
        _l("%(hvem)s noterte at et møte ikke ble noe av."),
        _l("%(hvem)s registrerte at et møte ikke ble holdt."),
    ),
    "notat_delt": Setning(
        _l("%(hvem)s delte et notat fra en samtale med deg."),
        _l("%(hvem)s delte et samtalenotat med brukeren."),
    ),
    "notat_kommentert": Setning(
        _l("Det kom en kommentar fra deg til et notat."),
        _l("Brukeren kommenterte et samtalenotat."),
        _l("Du kommenterte notatet fra en samtale."),
    ),
    "mote_vurdert": Setning(
        _l("Det kom et svar fra deg om hvordan et møte var."),
        _l("Brukeren svarte på hvordan møtet var."),
        _l("Du fortalte hvordan et møte var for deg."),
    ),
    "plan_steg_foreslatt": Setning(
        _l("%(hvem)s foreslo noe i planen din."),
        _l("%(hvem)s foreslo et steg i planen."),
        _l("Du foreslo noe i planen din."),
        _l("Brukeren foreslo et steg i planen."),
    ),
    "plan_steg_avtalt": Setning(
        _l("%(hvem)s sa ja til noe i planen din."),
        _l("%(hvem)s sa ja til et steg i planen."),
        _l("Du sa ja til noe i planen din."),
        _l("Brukeren sa ja til et steg i planen."),
    ),
    "plan_steg_ikke_nyttig": Setning(
        _l("%(hvem)s noterte at noe i planen ikke er nyttig for deg."),
        _l("%(hvem)s noterte at et steg ikke er nyttig for brukeren."),
        _l("Du sa at noe i planen ikke er nyttig for deg."),
        _l("Brukeren sa at et steg ikke er nyttig."),
    ),
    "plan_steg_avslatt": Setning(
        _l("%(hvem)s svarte at Nav ikke kan gjøre det du foreslo nå."),
        _l("%(hvem)s sa nei til et forslag i planen, med en grunn."),
    ),
    "plan_steg_trukket": Setning(
        _l("%(hvem)s tok tilbake et forslag i planen din."),
        _l("%(hvem)s tok tilbake et forslag i planen."),
        _l("Du tok tilbake et forslag i planen din."),
        _l("Brukeren tok tilbake et forslag i planen."),
    ),
    "plan_steg_pauset": Setning(
        _l("%(hvem)s satte noe i planen din på pause."),
        _l("%(hvem)s satte et steg i planen på pause."),
        _l("Du satte noe i planen din på pause."),
        _l("Brukeren satte et steg i planen på pause."),
    ),
    "plan_steg_gjenapnet": Setning(
        _l("%(hvem)s vil ta opp igjen noe i planen din."),
        _l("%(hvem)s vil ta opp igjen et steg i planen."),
        _l("Du tok opp igjen noe i planen din."),
        _l("Brukeren tok opp igjen et steg i planen."),
    ),
    "plan_steg_gjort": Setning(
        _l("%(hvem)s noterte at noe i planen din er gjort."),
        _l("%(hvem)s noterte et steg i planen som gjort."),
        _l("Du sa at noe i planen din er gjort."),
        _l("Brukeren sa at et steg i planen er gjort."),
    ),
    "plan_steg_avsluttet": Setning(
        _l("%(hvem)s avsluttet noe i planen din."),
        _l("%(hvem)s avsluttet et steg i planen."),
        _l("Du avsluttet noe i planen din."),
        _l("Brukeren avsluttet et steg i planen."),
    ),
    "plan_steg_kommentert": Setning(
        _l("%(hvem)s skrev en kommentar i planen din."),
        _l("%(hvem)s skrev en kommentar i planen."),
        _l("Du skrev en kommentar i planen din."),
        _l("Brukeren skrev en kommentar i planen."),
    ),
    "plan_mal_skrevet": Setning(
        _l("%(hvem)s skrev noe om et mål i planen din."),
        _l("%(hvem)s skrev noe om et mål i planen."),
        _l("Du skrev eller endret et mål i planen din."),
        _l("Brukeren skrev eller endret et mål."),
    ),
    "plan_evaluering_satt": Setning(
        _l("%(hvem)s satte dagen for når dere ser på planen sammen."),
        _l("%(hvem)s satte dato for evaluering av planen."),
    ),
    "plan_kjent": Setning(
        _l("%(hvem)s noterte at du kjenner utgave %(hva)s av planen."),
        _l("%(hvem)s noterte at brukeren kjenner planen, utgave %(hva)s."),
        _l("Du bekreftet at du kjenner utgave %(hva)s av planen din."),
        _l("Brukeren bekreftet at planen er kjent, utgave %(hva)s."),
    ),
    "vedtak_registrert": Setning(
        _l("%(hvem)s skrev inn et vedtak om deg."),
        _l("%(hvem)s registrerte et vedtak."),
    ),
    "vedtak_rettet": Setning(
        _l("%(hvem)s rettet det som står om et vedtak."),
        _l("%(hvem)s rettet opplysningene om et vedtak."),
    ),
    "vilkar_satt": Setning(
        _l("%(hvem)s satte et vilkår for pengene du får."),
        _l("%(hvem)s satte et vilkår."),
    ),
    "vilkar_endret": Setning(
        _l("%(hvem)s endret et vilkår. Det er nå utgave %(hva)s."),
        _l("%(hvem)s endret et vilkår til utgave %(hva)s."),
    ),
    "vilkar_vurdert": Setning(
        _l("%(hvem)s skrev hvordan det gikk med et vilkår: %(hva)s."),
        _l("%(hvem)s registrerte et vilkår: %(hva)s."),
    ),
    "vilkar_forklart": Setning(
        _l("%(hvem)s noterte at dere har snakket om et vilkår."),
        _l("%(hvem)s noterte at vilkåret er forklart for brukeren."),
    ),
    "vilkar_vist": Setning(
        _l("Utgave %(hva)s av et vilkår ble vist."),
        _l("Utgave %(hva)s av et vilkår ble vist for brukeren."),
        _l("Du åpnet utgave %(hva)s av et vilkår."),
        _l("Brukeren åpnet utgave %(hva)s av et vilkår."),
    ),
    "vilkar_svart": Setning(
        _l("Det ble svart på et vilkår fra deg: %(hva)s."),
        _l("Det ble svart på et vilkår: %(hva)s."),
        _l("Du svarte på et vilkår: %(hva)s."),
        _l("Brukeren svarte på et vilkår: %(hva)s."),
    ),
    "vilkar_sjekket": Setning(
        _l("Det ble svart på spørsmål om et vilkår."),
        _l("Det ble svart på kontrollspørsmål om et vilkår."),
        _l("Du svarte på spørsmål om et vilkår."),
        _l("Brukeren svarte på kontrollspørsmål om et vilkår."),
    ),
    "vilkar_gjort": Setning(
        _l("Det ble sagt fra om at du har gjort et vilkår."),
        _l("Det ble sagt fra om at et vilkår er gjort."),
        _l("Du sa fra om at du har gjort et vilkår."),
        _l("Brukeren sa fra om at et vilkår er gjort."),
    ),
    "betalingsdager_satt": Setning(
        _l("%(hvem)s valgte hvilke dager kontoret betaler ut penger."),
        _l("%(hvem)s satte utbetalingsdagene til kontoret."),
    ),
    "henvendelse_sendt": Setning(
        _l("Det ble sendt en henvendelse fra deg: %(hva)s."),
        _l("Brukeren sendte en henvendelse: %(hva)s."),
        _l("Du sendte en henvendelse: %(hva)s."),
    ),
    "henvendelse_besvart": Setning(
        _l("%(hvem)s svarte på henvendelsen din."),
        _l("%(hvem)s svarte på en henvendelse."),
    ),
    "rad_sokt": Setning(
        _l("Det ble bedt om råd og veiledning for deg."),
        _l("Brukeren ba om råd og veiledning."),
        _l("Du ba om råd og veiledning."),
    ),
    "rad_avgjort": Setning(
        _l("%(hvem)s svarte på søknaden din om råd og veiledning: %(hva)s."),
        _l("%(hvem)s registrerte vedtak om råd og veiledning: %(hva)s."),
    ),
    "rad_samtale": Setning(
        _l("%(hvem)s skrev om en samtale dere hadde."),
        _l("%(hvem)s skrev om en samtale (råd og veiledning)."),
    ),
    "rad_avsluttet": Setning(
        _l("%(hvem)s avsluttet råd og veiledning, og skrev hva som kom ut av det."),
        _l("%(hvem)s avsluttet råd og veiledning."),
    ),
    "egne_data_hentet": Setning(
        _l("Det som er lagret om deg, ble hentet (%(hva)s)."),
        _l("Brukeren hentet egne opplysninger (%(hva)s)."),
        _l("Du hentet det som er lagret om deg (%(hva)s)."),
    ),
    "visning_tilbudt": Setning(
        _l("%(hvem)s foreslo en annen utgave av kartleggingen: %(hva)s."),
        _l("%(hvem)s tilbød visningen: %(hva)s."),
    ),
    "klage_sendt": Setning(
        _l("Det ble sendt en klage fra deg: %(hva)s."),
        _l("Brukeren sendte en klage: %(hva)s."),
        _l("Du sendte en klage: %(hva)s."),
    ),
    "klage_steg": Setning(
        _l("%(hvem)s skrev hva som er gjort med klagen din: %(hva)s."),
        _l("%(hvem)s registrerte et steg i en klage: %(hva)s."),
    ),
    "klage_tillegg": Setning(
        _l("Det ble sendt et tillegg til en klage fra deg: %(hva)s."),
        _l("Brukeren sendte et tillegg til en klage: %(hva)s."),
        _l("Du sendte et tillegg til klagen din: %(hva)s."),
    ),
    "klage_tillegg_sendt": Setning(
        _l("%(hvem)s sendte et tillegg til klagen din videre til Statsforvalteren: %(hva)s."),
        _l("%(hvem)s sendte et tillegg til en klage videre til Statsforvalteren: %(hva)s."),
    ),
    "klage_trukket": Setning(
        _l("En klage fra deg ble trukket."),
        _l("Brukeren trakk en klage."),
        _l("Du trakk en klage."),
    ),
    "klage_skrevet_ned": Setning(
        _l("%(hvem)s skrev ned en klage du fortalte om: %(hva)s."),
        _l("%(hvem)s skrev ned en klage fra brukeren: %(hva)s."),
    ),
    "klage_rettet": Setning(
        _l("Det ble skrevet en retting til en klage som var skrevet ned for deg."),
        _l("Brukeren rettet eller bekreftet en klage som var skrevet ned."),
        _l("Du rettet eller bekreftet en klage som var skrevet ned for deg."),
    ),
    "vedlegg_lagt_til": Setning(
        _l("%(hvem)s la ved en fil i saken din."),
        _l("%(hvem)s la ved en fil."),
        _l("Du la ved en fil."),
        _l("Brukeren la ved en fil."),
    ),
    "vedlegg_fjernet": Setning(
        _l("%(hvem)s tok bort en fil som ikke var sendt til deg."),
        _l("%(hvem)s tok bort en fil som ikke var sendt."),
        _l("Du tok bort en fil som ikke var sendt."),
        _l("Brukeren tok bort en fil som ikke var sendt."),
    ),
    "paminnelser_valgt": Setning(
        _l("Du valgte hvordan du får beskjed når det er noe nytt: %(hva)s."),
        _l("Brukeren valgte hvordan påminnelser sendes: %(hva)s."),
    ),
    "push_lagt_til": Setning(
        _l("Du slo på meldinger på en enhet."),
        _l("Brukeren slo på meldinger på en enhet."),
    ),
    "push_fjernet": Setning(
        _l("Du slo av meldinger på en enhet."),
        _l("Brukeren slo av meldinger på en enhet."),
    ),
    "utboks_provd_igjen": Setning(
        _l("Påminnelser som ikke kom fram, ble sendt på nytt."),
        _l("%(hva)s påminnelser som ikke kom fram, ble lagt i kø igjen (%(hvem)s)."),
    ),
    "nokler_rotert": Setning(
        _l("Nøklene som beskytter det som er lagret, ble byttet."),
        _l("Datanøkler ble byttet (antall: %(hva)s, %(hvem)s)."),
    ),
    "varsel_notert": Setning(
        _l("%(hvem)s noterte noe om et vilkår. Ingenting er bestemt."),
        _l("%(hvem)s noterte noe om et vilkår."),
    ),
    "varsel_sendt": Setning(
        _l("%(hvem)s sendte deg et varsel. Du kan svare før noe blir bestemt."),
        _l("%(hvem)s sendte et forhåndsvarsel."),
    ),
    "varsel_apnet": Setning(
        _l("Et varsel ble åpnet på siden din."),
        _l("Brukeren åpnet forhåndsvarselet."),
        _l("Du åpnet et varsel."),
    ),
    "varsel_nadd": Setning(
        _l("%(hvem)s noterte at du har fått et varsel på en annen måte."),
        _l("%(hvem)s registrerte at forhåndsvarselet har nådd brukeren."),
    ),
    "uttalelse_sendt": Setning(
        _l("Det kom et svar fra deg på et varsel."),
        _l("Brukeren sendte en uttalelse."),
        _l("Du svarte på et varsel."),
    ),
    "uttalelse_skrevet_ned": Setning(
        _l("%(hvem)s skrev ned det du sa om et varsel. Du kan rette det."),
        _l("%(hvem)s skrev ned en muntlig uttalelse."),
    ),
    "uttalelse_rettet": Setning(
        _l("Det som ble skrevet ned for deg, ble rettet."),
        _l("Brukeren rettet det som ble skrevet ned."),
        _l("Du rettet det som ble skrevet ned for deg."),
    ),
    "varselonske_sendt": Setning(
        _l("Det kom et ønske fra deg om et varsel."),
        _l("Brukeren ba om mer tid, en samtale eller tolk."),
        _l("Du ba om mer tid, en samtale eller tolk."),
    ),
    "varselonske_besvart": Setning(
        _l("%(hvem)s svarte på det du ba om."),
        _l("%(hvem)s svarte på et ønske fra brukeren."),
    ),
    "varsel_veid": Setning(
        _l("%(hvem)s skrev hvordan det du sa, er tatt med."),
        _l("%(hvem)s veide det brukeren har sagt."),
    ),
    "varsel_avgjort": Setning(
        _l("%(hvem)s skrev til deg hva som er bestemt etter et varsel."),
        _l("%(hvem)s registrerte en avgjørelse etter forhåndsvarsel."),
    ),
    "avgjorelse_apnet": Setning(
        _l("Det som er bestemt etter et varsel, ble åpnet på siden din."),
        _l("Brukeren åpnet avgjørelsen."),
        _l("Du leste det som er bestemt etter et varsel."),
    ),
    "avgjorelse_nadd": Setning(
        _l("%(hvem)s noterte at du har fått vite hva som er bestemt etter et varsel."),
        _l("%(hvem)s registrerte at avgjørelsen har nådd brukeren."),
    ),
    "gjengivelse_skrevet": Setning(
        _l("%(hvem)s skrev ned hva en tolk sier at ordene dine betyr."),
        _l("%(hvem)s skrev ned hva en tolk sier at brukerens ord betyr."),
    ),
    "varsel_lukket": Setning(
        _l("En sak om et vilkår ble lukket. Du mister ingen penger."),
        _l("%(hvem)s lukket en varselsak uten trekk."),
        None,
        _l("En varselsak ble lukket uten trekk, fordi brukeren har funnet arbeid."),
    ),
}

# What the bruker does with their own sign-in and their own data is for themselves, not for the office to follow.
ONLY_FOR_BRUKER = frozenset(
    {"logget_inn", "logget_ut", "okt_avsluttet", "passnokkel_lagt_til", "passnokkel_fjernet", "egne_data_hentet"}
)
