export const people = {
  'people.views': 'Kuka näkee mitä',
  'people.viewsLede':
    'Työtehtävä ratkaisee, mitä asiakkaasta näkyy. Työntekijä näkee vain ne asiakkaat, jotka hänelle on osoitettu; muista ei hänen laitteelleen tule edes nimeä.',
  'people.viewsOffice':
    'Toimistolla pääkäyttäjä näkee asiakkaan kaikki tiedot, ja jokaisesta käytöstä jää merkintä lokiin. Pelkkä valvonta ei avaa kenenkään tietoja.',
  'people.viewsTable': 'Työtehtävät ja mitä niissä näkyy',
  'people.what': 'Tieto',
  'people.all': 'Kaikki',
  'people.none': 'Ei näy',
  'people.may': 'Voi kirjata tabletilla',
  'people.mayNothing': 'Ei mitään',
  'people.kind.profile': 'Perustiedot',
  'people.kind.contact': 'Läheiset ja yhteyshenkilöt',
  'people.kind.decision': 'Päätökset ja tunnit',
  'people.kind.assignment': 'Asiakkaan työntekijät',
  'people.kind.visit': 'Käynnit',
  'people.kind.note': 'Kirjaukset',
  'people.kind.document': 'Asiakirjat',
  'people.kind.suggestion': 'Ehdotetut korjaukset',
  'people.kind.completion-request': 'Pyynnöt täydentää',
  'people.rights': 'Rooli ja työtehtävät',
  'people.rightsHint': 'Muutos on voimassa heti, ja tabletilla seuraavassa yhteydessä.',
  'people.saved': 'Tallennettu.',
  'people.changed': 'Joku muu muutti näitä tietoja sillä välin',
  'people.changedNow': 'Nyt tallessa: {name}, {role}, {tasks}.',
  'people.changedKeep': 'Omat muutoksesi ovat lomakkeella. Tallenna ne, jos ne ovat yhä oikein.',
  'people.lastMainUser': 'Joku, joka hoitaa toimistoa, on aina jäätävä.',
  'people.ownRole': 'Omaa rooliasi vaihtaa toinen pääkäyttäjä.',
  'people.duties': 'Sitoumus, perehdytys ja seloste',
  'people.duty.change-password': 'Oma salasana',
  'people.duty.secrecy-pledge': 'Vaitiolositoumus',
  'people.duty.training': 'Tietosuojaperehdytys',
  'people.duty.notice': 'Tietosuojaseloste',
  'people.noticeVersion': '{day}, versio {version}',
  'people.undone': 'Tekemättä',
  'people.due': 'Uusittava',
  'people.ready': 'Kunnossa',
  'people.pending': 'Puuttuu {count}|Puuttuu {count}',
  'people.dutiesMean':
    'Asiakastiedot avautuvat vasta, kun kaikki on tehty. Sitoumus ja perehdytys uusitaan vuosittain.',
  'people.devicesNone': 'Hänellä ei ole laitteita.',
  'people.restore': 'Palauta pääsy',
  'people.restore-ask': 'Palautetaanko pääsy: {name}?',
  'people.restore-password':
    'Vanha salasana ja avainkoodit lakkaavat toimimasta heti, ja avoimet istunnot päättyvät.',
  'people.restore-devices':
    'Hänen laitteensa poistetaan käytöstä ja tyhjenevät. Lähettämättömät kirjaukset tulevat silti perille.',
  'people.restore-link':
    'Saat linkin, jolla hän valitsee itse uuden salasanan. Kukaan muu ei näe sitä.',
  'people.gone': 'Käyttäjää ei löydy',
  'people.goneMore': 'Palaa käyttäjien luetteloon.',
  'people.leave': 'Kun hän lähtee',
  'people.leaveMeans':
    'Tunnus suljetaan, asiakkaat siirtyvät pois ja laitteet tyhjenevät. Kirjaukset jäävät, ja lähettämättömät tulevat perille.',
  'people.close': 'Sulje tunnus',
  'people.closeAsk': 'Suljetaanko {name}?',
  'people.closeSession': 'Hän ei enää pääse sisään, ja avoimet istunnot päättyvät heti.',
  'people.closeAssignments':
    'Yhden asiakkaan työntekijyys päättyy tänään.|{count} asiakkaan työntekijyys päättyy tänään.',
  'people.closeDevices':
    'Yksi laite tyhjenee, kun se seuraavan kerran saa yhteyden.|{count} laitetta tyhjenee, kun ne seuraavan kerran saavat yhteyden.',
  'people.closeVisits':
    'Yksi suunniteltu käynti jää ilman työntekijää|{count} suunniteltua käyntiä jää ilman työntekijää',
  'people.closeReason': 'Perustelu',
  'people.closeReasonHint': 'Jää näkyviin asiakkaiden työntekijöiden kohdalle.',
  'people.closed': 'Tunnus on suljettu'
} as const
