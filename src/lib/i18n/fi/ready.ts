export const ready = {
  'ready.title': 'Valmis lähtöön',
  'ready.paper': 'Tulosta päivälista',
  'ready.refresh': 'Päivitä ja lähetä',
  'ready.overall.good': 'Kaikki on kunnossa. Hyvää matkaa!',
  'ready.overall.look': 'Voit lähteä. Katso nämä ensin.',
  'ready.overall.stop': 'Älä lähde vielä',
  'ready.verdict.good': 'Kunnossa',
  'ready.verdict.look': 'Huomaa',
  'ready.verdict.stop': 'Puuttuu',
  'ready.no-clients': 'Tälle päivälle ei ole suunniteltu käyntejä',
  'ready.clients':
    'Päivän asiakas on tällä laitteella|Päivän {count} asiakasta on tällä laitteella',
  'ready.clients-missing': 'Päivän asiakkaista vain {held}/{expected} aukeaa',
  'ready.get-network': 'Vie laite verkkoon ja paina Päivitä ja lähetä.',
  'ready.app': 'Sovellus avautuu ilman verkkoa',
  'ready.app-missing': 'Sovellus ei vielä avaudu ilman verkkoa',
  'ready.fresh': 'Tiedot on haettu {at}',
  'ready.lease': 'Laite saa pitää tiedot ilman yhteyttä {at} asti',
  'ready.lease-more':
    'Yhteys toimistoon jatkaa aikaa. Ilman sitä tiedot poistuvat laitteelta. Kirjaukset säilyvät.',
  'ready.sent': 'Kaikki kirjaukset on lähetetty',
  'ready.unsent': 'Yksi kirjaus odottaa lähetystä|{count} kirjausta odottaa lähetystä',
  'ready.unsent-more': 'Ne säilyvät tällä laitteella ja lähtevät, kun verkko löytyy.',
  'ready.unsent-old': 'Vanhin on kirjoitettu {since}. Lähetä ennen lähtöä, tai soita toimistoon.',
  'ready.permits': 'Päivän asiakkaiden luvat ovat voimassa',
  'ready.permits-ending':
    'Lupa on päättymässä tai päättynyt|{count} lupaa on päättymässä tai päättynyt',
  'ready.permit-over': '{firstName}: {permit} päättyi {day}',
  'ready.permit-ends': '{firstName}: {permit} päättyy {day}',
  'ready.space': 'Laitteessa on tilaa: {free}',
  'ready.clock': 'Laitteen kello on ajassa',
  'ready.clock-ahead': 'Laitteen kello edistää minuutin|Laitteen kello edistää {count} minuuttia',
  'ready.clock-behind':
    'Laitteen kello jätättää minuutin|Laitteen kello jätättää {count} minuuttia',
  'ready.clock-more':
    'Käyntien ajat otetaan laitteen kellosta. Ota asetuksista käyttöön automaattinen aika.',
  'ready.version': 'Sovellus on ajan tasalla',
  'ready.version-new': 'Sovelluksesta on uusi versio',
  'ready.version-more': 'Ota se käyttöön, kun laite on verkossa ja sinulla on hetki aikaa.'
} as const
