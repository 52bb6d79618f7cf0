import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload } from '#tests/support/caseload.ts'
import { enrol, heading, signIn, toTheDay, unlock } from '#tests/support/door.ts'
import { Household, people } from '#tests/support/household.ts'
import { listenTo, readAloud } from '#tests/support/read-aloud.ts'

/** WCAG 2.2, 1.3.2 and 4.1.3: what is heard comes in the order in which it is meant, and what changes is told. */

let household: Household
let tablet: Tablet
let page: Page

beforeAll(async () => {
  household = await Household.create(async (parts) => {
    await addCaseload(parts, people.worker.username, ['Aamukaste', 'Batuulia'], [23, 0])
  })
  tablet = await Tablet.create('tablet')
  page = tablet.context.pages()[0] ?? (await tablet.context.newPage())
  await page.goto(household.tablet)
})
afterAll(async () => {
  await tablet.destroy()
  await household.destroy()
})

/** Whether the browser offers to install, and when, is its own affair. */
const heard = async () =>
  (await readAloud(page.locator('main'))).filter((line) => line !== 'button "Asenna sovellus"')
const patiently = { timeout: 15_000 }
const go = async (name: string) => {
  await page.getByRole('link', { name }).first().click()
  await heading(page, name).waitFor()
}

test('the way in: signing in, taking into use, what was done, unlocking', async () => {
  await page.getByLabel('Käyttäjätunnus').waitFor()
  await expect
    .poll(() => readAloud(page.locator('body')), patiently)
    .toEqual([
      'link "Siirry sisältöön"',
      'banner: Kotikäynti',
      'main',
      'heading "Kirjaudu sisään" [level=#]',
      'paragraph: Hyvää päivää. Kuka tulee töihin?',
      'text: Käyttäjätunnus',
      'textbox "Käyttäjätunnus"',
      'text: Salasana',
      'textbox "Salasana"',
      'button "Näytä salasana"',
      'button "Kirjaudu sisään"',
      'button "Sormenjälki, kasvot tai PIN"',
      'paragraph: Unohtuiko salasana? Pyydä pääkäyttäjältä uusi kertakoodi.',
      'paragraph',
      'link "Tietosuojaseloste"',
      'link "Tarkista poistotodistus"',
      'contentinfo',
      'group "Kieli"',
      'radio "Suomi" [checked]',
      'radio "Svenska"',
      'radio "English"',
      'text: Kirjaudu sisään – Kotikäynti'
    ])
  await signIn(page, people.worker.username)
  await page.getByLabel('Laitteen nimi').waitFor()
  await expect
    .poll(heard, patiently)
    .toEqual([
      'main',
      'heading "Ota laite käyttöön" [level=#]',
      'paragraph: Tämän jälkeen työpäivä sujuu ilman verkkoakin.',
      'text: Laitteen nimi',
      'paragraph: Tästä sinä ja toimisto tunnistatte laitteen.',
      'textbox "Laitteen nimi": Tabletti, Helmi',
      'text: Nimi lukitusnäytöllä',
      'paragraph: Muut tämän laitteen käyttäjät näkevät sinusta vain tämän nimen.',
      'textbox "Nimi lukitusnäytöllä": Helmi',
      'text: Salalause',
      'paragraph: Avaa lukituksen tällä laitteella. Vähintään # merkkiä tai viisi sanaa.',
      'textbox "Salalause"',
      'button "Näytä salalause"',
      'text: Salalause uudelleen',
      'textbox "Salalause uudelleen"',
      'button "Näytä salalause"',
      'button "Ehdota salalause"',
      'button "Ota käyttöön"'
    ])
  await enrol(page)
  await page.getByText('Sovellus avautuu myös ilman verkkoa').waitFor()
  await expect
    .poll(heard, patiently)
    .toEqual([
      'main',
      'heading "Ota laite käyttöön" [level=#]',
      'paragraph: Tämän jälkeen työpäivä sujuu ilman verkkoakin.',
      'status',
      'heading "Laite on valmis" [level=#]',
      'paragraph: Voit aloittaa. Kaikki toimii myös ilman verkkoa.',
      'list',
      'listitem: Laite on otettu käyttöön',
      'listitem: Salalause suojaa tämän laitteen tiedot',
      'listitem: Selain voi poistaa haetut tiedot, jos tila loppuu. Ne haetaan silloin uudelleen. Asenna sovellus, niin näin ei käy.',
      'listitem: "Asiakkaat on haettu: #"',
      'listitem: Sovellus avautuu myös ilman verkkoa',
      'listitem: "Pidä kirjoittamasi laitteella: älä sanele, äläkä käytä oikolukua, joka lähettää tekstin muualle. Selaimen kieliasetuksissa valitse perusoikoluku, ei tehostettua."',
      'link "Aloita"'
    ])
  await toTheDay(page)
  await page.goto(`${household.tablet}/today`)
  await page.getByLabel('Salalause', { exact: true }).waitFor()
  await expect
    .poll(heard, patiently)
    .toEqual([
      'main',
      'paragraph: Hyvää #, Helmi',
      'heading "Avaa lukitus" [level=#]',
      'status',
      'strong: Kaikki on lähetetty',
      'text: Salalause',
      'textbox "Salalause"',
      'button "Näytä salalause"',
      'button "Avaa"',
      'button "Unohditko salalauseen?"',
      'link "Uusi käyttäjä"'
    ])
  await unlock(page)
})

test('the frame of every screen, and the day: what is next before what comes later', async () => {
  await page.getByText('Seuraava käynti').waitFor()
  await expect
    .poll(() => readAloud(page.locator('body')), patiently)
    .toEqual([
      'link "Siirry sisältöön"',
      'banner',
      'status: Tiedot klo #',
      'link "Kaikki lähetetty"',
      'link "Soita toimistoon"',
      'button "Lukitse"',
      'navigation "Sivut"',
      'list',
      'listitem',
      'link "Tänään"',
      'listitem',
      'link "Asiakkaat"',
      'listitem',
      'link "Lähtevät"',
      'listitem',
      'link "Minä"',
      'main',
      'heading "Tänään" [level=#]',
      'paragraph: #',
      'link "Valmis lähtöön?"',
      'group "Näytä"',
      'radio "Eilen"',
      'radio "Tänään" [checked]',
      'radio "Huomenna"',
      'radio "Viikko"',
      'region "Seuraava käynti"',
      'heading "Seuraava käynti" [level=#]',
      'paragraph: Aamukaste',
      'paragraph: Lapsiperheiden kotipalvelu',
      'paragraph: #',
      'button "Aloita käynti"',
      'link "Asiakkaan kortti"',
      'link "Soita perheelle"',
      'link "Peruttu tai ei paikalla"',
      'region "Päivän käynnit"',
      'heading "Päivän käynnit" [level=#]',
      'list "Päivän käynnit"',
      'listitem',
      'link "# Batuulia Lapsiperheiden kotipalvelu"',
      'status',
      'text: Tänään – Kotikäynti'
    ])
})

test('before driving off: what is missing is heard before what is well', async () => {
  await page.getByRole('link', { name: 'Valmis lähtöön?' }).click()
  await page.getByRole('list', { name: 'Valmis lähtöön' }).waitFor()
  await expect
    .poll(heard, patiently)
    .toEqual([
      'main',
      'link "Tänään"',
      'heading "Valmis lähtöön" [level=#]',
      'button "Päivitä ja lähetä"',
      'status',
      'paragraph: Voit lähteä. Katso nämä ensin.',
      'list "Valmis lähtöön"',
      'listitem',
      'img "Huomaa"',
      'paragraph: Selain voi poistaa haetut tiedot',
      'paragraph: Selain ei ole luvannut säilyttää niitä, jos tila loppuu. Lähetetty on silti tallessa. Asenna sovellus aloitusnäyttöön ja pidä laitteessa tilaa.',
      'listitem',
      'img "Kunnossa"',
      'paragraph: Päivän # asiakasta on tällä laitteella',
      'listitem',
      'img "Kunnossa"',
      'paragraph: Sovellus avautuu ilman verkkoa',
      'listitem',
      'img "Kunnossa"',
      'paragraph: Tiedot on haettu # klo #',
      'listitem',
      'img "Kunnossa"',
      'paragraph: Laite saa pitää tiedot ilman yhteyttä # klo # asti',
      'listitem',
      'img "Kunnossa"',
      'paragraph: Kaikki kirjaukset on lähetetty',
      'listitem',
      'img "Kunnossa"',
      'paragraph: Päivän asiakkaiden luvat ovat voimassa',
      'listitem',
      'img "Kunnossa"',
      'paragraph: "Laitteessa on tilaa: # Gt"',
      'listitem',
      'img "Kunnossa"',
      'paragraph: Laitteen kello on ajassa',
      'listitem',
      'img "Kunnossa"',
      'paragraph: Sovellus on ajan tasalla',
      'link "Tulosta päivälista"'
    ])
})

test('the clients, the card, what goes out and oneself', async () => {
  await go('Asiakkaat')
  await page.getByRole('list', { name: 'Asiakkaat' }).waitFor()
  await expect
    .poll(heard, patiently)
    .toEqual([
      'main',
      'heading "Asiakkaat" [level=#]',
      'search',
      'text: Hae nimellä tai paikkakunnalla',
      'searchbox "Hae nimellä tai paikkakunnalla"',
      'status: # asiakasta',
      'list "Asiakkaat"',
      'listitem',
      'link "Aamukaste Kuvitteellinen Seuraava #. klo #"',
      'listitem',
      'link "Batuulia Kuvitteellinen Seuraava #. klo #"'
    ])
  await page.getByRole('link', { name: /Aamukaste/ }).click()
  await page.getByText('Viimeisimmät kirjaukset').waitFor()
  await expect
    .poll(heard, patiently)
    .toEqual([
      'main',
      'link "Asiakkaat"',
      'heading "Aamukaste Kuvitteellinen" [level=#]',
      'link "Aloita suunnittelematon käynti"',
      'region "Kenelle soitetaan"',
      'heading "Kenelle soitetaan" [level=#]',
      'paragraph: Yhteystietoja ei ole merkitty.',
      'region "Osoite"',
      'heading "Osoite" [level=#]',
      'paragraph: Osoitetta ei ole merkitty.',
      'region "Asiakirjat ja luvat"',
      'heading "Asiakirjat ja luvat" [level=#]',
      'link "Skannaa asiakirja"',
      'paragraph: Asiakirjoja ei ole.',
      'region "Tulevat käynnit"',
      'heading "Tulevat käynnit" [level=#]',
      'list',
      'listitem',
      'link "#. #"',
      'text: Lapsiperheiden kotipalvelu · Helmi Kotikäyttäjä',
      'region "Palvelutunnit"',
      'heading "Palvelutunnit" [level=#]',
      'heading "Lapsiperheiden kotipalvelu" [level=#]',
      'paragraph: Mallikunta · # – #',
      'paragraph',
      'text: Jäljellä',
      'strong: # h',
      'paragraph: Myönnetty # h kuukaudessa · Käytetty # h · Suunniteltu # h',
      'paragraph: Tilanne # klo #, tämän laitteen tiedoista laskettuna.',
      'region "Perustiedot"',
      'heading "Perustiedot" [level=#]',
      'button "Ehdota korjausta"',
      'list',
      'listitem',
      'heading "Etunimi" [level=#]',
      'paragraph: Aamukaste',
      'paragraph: Asiakkaalta',
      'button "Ehdota korjausta: Etunimi": Ehdota',
      'listitem',
      'heading "Sukunimi" [level=#]',
      'paragraph: Kuvitteellinen',
      'paragraph: Asiakkaalta',
      'button "Ehdota korjausta: Sukunimi": Ehdota',
      'status',
      'region "Viimeisimmät kirjaukset"',
      'heading "Viimeisimmät kirjaukset" [level=#]',
      'paragraph: Kirjauksia ei vielä ole.'
    ])
  await go('Lähtevät')
  await expect
    .poll(heard, patiently)
    .toEqual([
      'main',
      'heading "Lähtevät" [level=#]',
      'paragraph: Mikään ei odota lähetystä',
      'paragraph: Kaikki tällä laitteella kirjoitettu on perillä.'
    ])
  await go('Minä')
  await page.getByRole('heading', { name: 'Tässä selaimessa' }).waitFor()
  await expect
    .poll(heard, patiently)
    .toEqual([
      'main',
      'heading "Minä" [level=#]',
      'paragraph: Helmi',
      'region "Lukitse"',
      'heading "Lukitse" [level=#]',
      'paragraph: Näyttö tyhjenee. Kirjaukset säilyvät ja lähtevät myös lukittuna.',
      'button "Lukitse nyt"',
      'button "Kirjaudu ulos"',
      'region "Avauskeinot"',
      'heading "Avauskeinot" [level=#]',
      'paragraph: Näillä avaat tämän laitteen, myös ilman verkkoa.',
      'list',
      'listitem',
      'strong: Salalause',
      'text: Lisätty #',
      'button "Lisää avainkoodi (passkey)"',
      'button "Vaihda salalause"',
      'region "Salasana"',
      'heading "Salasana" [level=#]',
      'paragraph: Kun vaihdat salasanan, muut selaimesi kirjautuvat ulos.',
      'text: Nykyinen salasana',
      'textbox "Nykyinen salasana"',
      'button "Näytä salasana"',
      'text: Uusi salasana',
      'paragraph: Vähintään # merkkiä. Muutama sana peräkkäin on hyvä.',
      'textbox "Uusi salasana"',
      'button "Näytä salasana"',
      'text: Uusi salasana uudelleen',
      'textbox "Uusi salasana uudelleen"',
      'button "Näytä salasana"',
      'button "Vaihda salasana"',
      'region "Oma lokini"',
      'heading "Oma lokini" [level=#]',
      'paragraph: Mitä asiakkaiden tietoja olet itse avannut, kirjannut tai tulostanut. Samat merkinnät näkee toimiston valvoja.',
      'button "Näytä oma lokini"',
      'region "Tulosteet"',
      'heading "Tulosteet" [level=#]',
      'paragraph: Työtä varten tulostettu paperi tuhotaan käytön jälkeen. Merkitse se tässä tuhotuksi.',
      'button "Näytä tulosteeni"',
      'text: Nimi lukitusnäytöllä',
      'paragraph: Muut tämän laitteen käyttäjät näkevät sinusta vain tämän nimen.',
      'textbox "Nimi lukitusnäytöllä": Helmi',
      'button "Vaihda nimi"',
      'status',
      'region "Kieli"',
      'heading "Kieli" [level=#]',
      'group "Kieli"',
      'radio "Suomi" [checked]',
      'radio "Svenska"',
      'radio "English"',
      'region "Tämä laite"',
      'heading "Tämä laite" [level=#]',
      'term: Laitteen nimi',
      'definition: Tabletti, Helmi',
      'term: Asiakkaita laitteella',
      'definition: "#"',
      'term: Avainten säilytys',
      'definition: Laitteen tiedostossa, jonka voi pyyhkiä kokonaan',
      'term: Sovelluksen versio',
      'definition: #',
      'region "Tila ja säilyminen"',
      'heading "Tila ja säilyminen" [level=#]',
      'paragraph: Selain voi poistaa haetut tiedot',
      'paragraph: Selain ei ole luvannut säilyttää niitä, jos tila loppuu. Lähetetty on silti tallessa. Asenna sovellus aloitusnäyttöön ja pidä laitteessa tilaa.',
      'button "Pyydä selainta säilyttämään"',
      'term: Käytössä',
      'definition: # Mt',
      'term: Vapaana sovellukselle',
      'definition: # Gt',
      'region "Tässä selaimessa"',
      'heading "Tässä selaimessa" [level=#]',
      'paragraph: Selain osaa kaiken, mitä Kotikäynti käyttää.'
    ])
})

test('a visit: the times, then the note in the order of its template, and last what can be done', async () => {
  await go('Tänään')
  await page.getByRole('button', { name: 'Aloita käynti' }).click()
  await page.getByLabel('Toteutus').waitFor()
  await expect
    .poll(heard, patiently)
    .toEqual([
      'main',
      'link "Tänään"',
      'heading "Käynti: Aamukaste" [level=#]',
      'paragraph: Lapsiperheiden kotipalvelu · Suunniteltu #',
      'link "Asiakkaan kortti"',
      'status: Käynnissä klo # alkaen',
      'term: Suunniteltu',
      'definition: # · # h',
      'term: Toteutunut',
      'definition: Tähän asti # min',
      'term: Laskutettava',
      'definition: Selviää, kun käynti päättyy',
      'button "Sisarus mukana"',
      'region "Käyntikirjaus"',
      'heading "Käyntikirjaus" [level=#]',
      'group "Mitä tehtiin"',
      'paragraph: Pakollinen',
      'checkbox "Lastenhoito"',
      'checkbox "Ruoanlaitto ja ruokailu"',
      'checkbox "Pyykki- ja vaatehuolto"',
      'checkbox "Arjen rutiinit"',
      'checkbox "Asiointi"',
      'checkbox "Ulkoilu"',
      'checkbox "Ohjaus ja neuvonta"',
      'checkbox "Vanhemman lepo"',
      'group "Paikalla"',
      'checkbox "Lapsi tai lapset"',
      'checkbox "Äiti"',
      'checkbox "Isä"',
      'checkbox "Muu huoltaja"',
      'checkbox "Muu läheinen"',
      'checkbox "Viranomainen"',
      'group "Missä"',
      'radio "Kotona"',
      'radio "Muualla"',
      'radio "Videoyhteydellä"',
      'radio "Puhelimessa"',
      'checkbox "Annettiin lääkettä" [disabled]',
      'paragraph: Lupaa ei ole. Tarvitaan lääkkeenantolupa.',
      'checkbox "Kuljetettiin asiakasta tai lasta" [disabled]',
      'paragraph: Lupaa ei ole. Tarvitaan kuljetuslupa.',
      'text: Toteutus',
      'paragraph: Pakollinen',
      'textbox "Toteutus"',
      'text: Lapsen päivä',
      'textbox "Lapsen päivä"',
      'text: Kerrottu vanhemmalle',
      'textbox "Kerrottu vanhemmalle"',
      'text: Havainnot',
      'textbox "Havainnot"',
      'text: Asiakkaan näkemys',
      'textbox "Asiakkaan näkemys"',
      'text: Lapsen näkemys',
      'textbox "Lapsen näkemys"',
      'text: Työntekijän arvio',
      'textbox "Työntekijän arvio"',
      'text: Sovittu jatkosta',
      'textbox "Sovittu jatkosta"',
      'checkbox "Huoli tai poikkeama"',
      'checkbox "Lastensuojeluilmoitus tehty"',
      'paragraph: Vahvistettua kirjausta ei voi muuttaa.',
      'status',
      'button "Lopeta käynti"',
      'button "Vahvista"'
    ])
})

test('what changes is told: what is missing, what is saved, whom to call, how it ended', async () => {
  const told = await listenTo(page)
  const tells = (...words: string[]) =>
    expect
      .poll(async () => {
        all.push(...(await told()))
        return all
      })
      .toEqual(expect.arrayContaining(words))
  const all: string[] = []
  await page.getByRole('button', { name: 'Vahvista' }).click()
  await tells('Tämä kohta on pakollinen')
  await page.getByRole('checkbox', { name: 'Lastenhoito' }).check()
  await page.getByLabel('Toteutus').fill('Leikimme pihalla.')
  await tells('Tallennettu tälle laitteelle')
  await page.getByRole('checkbox', { name: 'Huoli tai poikkeama' }).check()
  await tells(
    'Tämä ei hälytä ketään. Soita. Jos joku on vaarassa, soita heti. Kerro huolesta myös toimistolle. Soita 112 Soita toimistoon 020 123 4567'
  )
  await expect
    .poll(heard, patiently)
    .toEqual(
      expect.arrayContaining([
        'checkbox "Huoli tai poikkeama" [checked]',
        'alert',
        'paragraph: Tämä ei hälytä ketään. Soita.',
        'paragraph: Jos joku on vaarassa, soita heti. Kerro huolesta myös toimistolle.',
        'link "Soita #"',
        'link "Soita toimistoon # # #"',
        'checkbox "Lastensuojeluilmoitus tehty"',
        'paragraph: Vahvistettua kirjausta ei voi muuttaa.'
      ])
    )

  await page.getByRole('button', { name: 'Lopeta käynti' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await expect
    .poll(() => readAloud(dialog), patiently)
    .toEqual([
      'dialog "Miten käynti päättyi?"',
      'heading "Miten käynti päättyi?" [level=#]',
      'button "Palaa käyntiin"',
      'text: Alkoi',
      'textbox "Alkoi": "#"',
      'text: Päättyi',
      'textbox "Päättyi": "#"',
      'status: Kesto # min',
      'button "Käynti toteutui"',
      'button "Asiakas ei paikalla"',
      'button "Peruttu"'
    ])
  await dialog.getByRole('button', { name: 'Käynti toteutui' }).click()
  await expect
    .poll(async () => (await told()).some((words) => /^Käynti \d+\.\d+–\d+\.\d+$/.test(words)))
    .toBe(true)

  await page.getByRole('button', { name: 'Vahvista' }).click()
  await page.getByText('Kirjaus on vahvistettu').waitFor()
  // Whoever listens goes on from the top, where it is said.
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
  await page.getByText(/Perillä klo/).waitFor()
  await expect
    .poll(heard, patiently)
    .toEqual([
      'main',
      'link "Tänään"',
      'heading "Käynti: Aamukaste" [level=#]',
      'paragraph: Lapsiperheiden kotipalvelu · Suunniteltu #',
      'link "Asiakkaan kortti"',
      'status: Käynti #',
      'button "Korjaa"',
      'term: Suunniteltu',
      'definition: # · # h',
      'term: Toteutunut',
      'definition: # · # min',
      'term: Laskutettava',
      'definition: Toimisto laskee Laskutussääntö ei ole tällä laitteella.',
      'button "Lisää kilometrit"',
      'status',
      'paragraph: Kirjaus on vahvistettu',
      'alert',
      'paragraph: Tämä ei hälytä ketään. Soita.',
      'paragraph: Jos joku on vaarassa, soita heti. Kerro huolesta myös toimistolle.',
      'link "Soita #"',
      'link "Soita toimistoon # # #"',
      'region "Käyntikirjaus"',
      'heading "Käyntikirjaus" [level=#]',
      'text: Perillä klo #',
      'paragraph: Helmi Kotikäyttäjä · # klo #',
      'term: Mitä tehtiin',
      'definition: Lastenhoito',
      'term: Toteutus',
      'definition: Leikimme pihalla.',
      'term: Huoli tai poikkeama',
      'definition: Kyllä',
      'link "Täydennä tai korjaa"',
      'link "Palaa päivään"'
    ])
})
