export const lost = {
  'lost.wiped': 'Tämä laite on tyhjennetty',
  'lost.wiped-more':
    'Laite poistettiin käytöstä, ja asiakkaiden tiedot on poistettu siltä. Kaikki lähetetty on tallessa. Kirjaudu, jos otat laitteen taas käyttöön.',
  'lost.waiting':
    'Yksi kirjaus odottaa vielä verkkoa. Se lähtee itsestään, salattuna.|{count} kirjausta odottaa vielä verkkoa. Ne lähtevät itsestään, salattuina.',
  'lost.evicted': 'Selain on tyhjentänyt tämän laitteen',
  'lost.evicted-more':
    'Haetut asiakkaat ja laitteen avaimet katosivat selaimesta. Mitään lähetettyä ei ole kadonnut. Kirjaudu ja ota laite uudelleen käyttöön, niin asiakkaat haetaan uudelleen.',
  'lost.evicted-unsent':
    'Yksi kirjaus ei ehtinyt perille. Kirjoita se uudelleen ja kerro toimistolle.|{count} kirjausta ei ehtinyt perille. Kirjoita ne uudelleen ja kerro toimistolle.',
  'lost.evicted-heard':
    'Laite oli viimeksi yhteydessä {at}. Jos kirjoitit sen jälkeen ilman verkkoa, tarkista ne käynnit.',
  'storage.title': 'Tila ja säilyminen',
  'storage.keeps': 'Selain säilyttää tiedot',
  'storage.keeps-more': 'Selain on luvannut, ettei se poista haettuja tietoja itsestään.',
  'storage.may-evict': 'Selain voi poistaa haetut tiedot',
  'storage.may-evict-more':
    'Selain ei ole luvannut säilyttää niitä, jos tila loppuu. Lähetetty on silti tallessa. Asenna sovellus aloitusnäyttöön ja pidä laitteessa tilaa.',
  'storage.ask': 'Pyydä selainta säilyttämään',
  'storage.install': 'Asenna sovellus',
  'storage.used': 'Käytössä',
  'storage.free': 'Vapaana sovellukselle',
  'storage.tight': 'Laitteen tila on loppumassa',
  'storage.tight-more':
    'Vapaana on {free}. Poista laitteesta kuvia tai sovelluksia, ettei kirjausten tallennus katkea. Älä tyhjennä selaimen tietoja.',
  'storage.overdue': 'Kirjaus on odottanut lähetystä yli vuorokauden',
  'storage.overdue-more':
    'Vanhin on kirjoitettu {at}. Vie laite verkkoon. Jos se ei auta, soita toimistoon.'
} as const
