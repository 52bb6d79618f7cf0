export const browser = {
  'browser.title': 'Tässä selaimessa',
  'browser.all': 'Selain osaa kaiken, mitä Kotikäynti käyttää.',
  'browser.some':
    'Kotikäynti toimii tässä selaimessa, ja kirjaukset säilyvät. Nämä ovat kuitenkin toisin:',
  'browser.offline-start': 'Ei avaudu ilman verkkoa',
  'browser.offline-start.more':
    'Selain ei säilytä sovellusta. Poistu yksityisestä ikkunasta tai käytä toista selainta ennen kuin lähdet käynnille.',
  'browser.erasable-keys': 'Avaimia ei voi pyyhkiä levyltä kokonaan',
  'browser.erasable-keys.more':
    'Avaimet ovat selaimen tietokannassa salattuina. Poistetusta voi jäädä sinetöityä jäännettä, kunnes laite tyhjennetään.',
  'browser.passkey': 'Laite avataan vain salalauseella',
  'browser.passkey.more': 'Selain ei osaa käyttää sormenjälkeä, kasvoja eikä PIN-koodia.',
  'browser.derived-secret': 'Lukitus avataan vain salalauseella',
  'browser.derived-secret.more':
    'Selain ei osaa avata tätä laitetta sormenjäljellä, kasvoilla tai PIN-koodilla.',
  'browser.background-sync': 'Lähettää vain, kun sovellus on auki',
  'browser.background-sync.more':
    'Jos suljet sovelluksen ilman verkkoa, odottavat kirjaukset lähtevät, kun avaat sen uudelleen. Lukitusta ei tarvitse avata.',
  'browser.space': 'Selain ei kerro, paljonko tilaa on jäljellä',
  'browser.space.more':
    'Pidä laitteella vapaata tilaa. Jos tila loppuu kesken kirjauksen, sovellus kertoo siitä heti.',
  'browser.install-ipad': 'Lisää sovellus Koti-valikkoon',
  'browser.install-ipad.more':
    'Paina Jaa ja valitse Lisää Koti-valikkoon. Ota laite käyttöön siellä. Safari voi poistaa tiedot, jos sivua ei avata viikkoon.',
  'browser.install-menu': 'Asenna sovellus selaimen valikosta',
  'browser.install-menu.more':
    'Avaa selaimen valikko ja valitse Asenna tai Lisää aloitusnäyttöön. Jos sitä ei ole, tee sivusta kirjanmerkki.'
} as const
