/**
 * The rescue page says its own words: it may not depend on anything that could have failed to load.
 * Where one and many differ, both stand with a bar between.
 */
const fi = {
  title: 'Pelastus',
  lede: 'Tämä sivu toimii, vaikka sovellus ei käynnisty. Kirjaukset ovat tallessa tällä laitteella, suljettuina niin, että vain toimisto voi avata ne.',
  never: 'Älä tyhjennä selaimen tietoja: lähettämättömät kirjaukset menisivät mukana.',
  notes: 'Lähettämättömät kirjaukset',
  device: 'Laite {number}',
  reading: 'Katsotaan, mitä laitteella on …',
  waiting: '1 kirjaus odottaa lähetystä|{count} kirjausta odottaa lähetystä',
  more: 'Lisäksi 1 merkintä, joka ei ole kirjaus.|Lisäksi {count} merkintää, jotka eivät ole kirjauksia.',
  since: 'Vanhin on kirjoitettu {time}.',
  nothing: 'Mikään ei odota lähetystä.',
  nobody: 'Tällä laitteella ei ole kenenkään kirjauksia.',
  unreadable:
    'Tätä ei saatu luettua. Sulje muut Kotikäynti-välilehdet ja lataa tämä sivu uudelleen.',
  send: 'Lähetä toimistoon',
  save: 'Tallenna tiedostoon',
  busy: 'Odota hetki …',
  arrived: 'Perillä: {count}.',
  decides: 'Toimisto ratkaisee: {count}.',
  left: 'Odottaa yhä: {count}. Ne lähtevät, kun sovellus taas aukeaa.',
  learns: 'Sovellus huomaa tämän itse, kun se käynnistyy.',
  away: 'Ei yhteyttä toimistoon. Kirjaukset ovat tallessa. Yritä uudelleen, kun verkko toimii, tai tallenna ne tiedostoon.',
  stranger:
    'Toimisto ei tunnista tätä laitetta. Tallenna kirjaukset tiedostoon ja vie se toimistoon.',
  saved:
    'Tiedosto on latauksissa. Vie se toimistoon: pääkäyttäjä ottaa sen vastaan kohdassa Käyttäjät. Kirjaukset jäävät myös tälle laitteelle.',
  failed: 'Se ei onnistunut. Kirjaukset ovat yhä tällä laitteella.',
  app: 'Sovellus',
  open: 'Yritä avata sovellus uudelleen',
  anewMeans:
    'Jos sovellus ei vieläkään aukea, se voidaan hakea uudelleen verkosta. Kirjauksiin se ei koske.',
  anew: 'Hae sovellus uudelleen',
  anewAway: 'Haku vaatii yhteyden toimistoon, ja sitä ei nyt ole. Mitään ei muutettu.',
  language: 'Kieli'
} as const

export type RescueWords = Readonly<Record<keyof typeof fi, string>>

const sv: RescueWords = {
  title: 'Räddning',
  lede: 'Den här sidan fungerar även om appen inte startar. Anteckningarna finns kvar på den här enheten, förseglade så att bara kontoret kan öppna dem.',
  never: 'Töm inte webbläsarens data: anteckningar som inte har skickats skulle försvinna.',
  notes: 'Anteckningar som inte har skickats',
  device: 'Enhet {number}',
  reading: 'Ser efter vad som finns på enheten …',
  waiting: '1 anteckning väntar på sändning|{count} anteckningar väntar på sändning',
  more: 'Dessutom 1 notering som inte är en anteckning.|Dessutom {count} noteringar som inte är anteckningar.',
  since: 'Den äldsta skrevs {time}.',
  nothing: 'Inget väntar på sändning.',
  nobody: 'På den här enheten finns inga anteckningar.',
  unreadable:
    'Det här gick inte att läsa. Stäng andra flikar med Kotikäynti och ladda den här sidan på nytt.',
  send: 'Skicka till kontoret',
  save: 'Spara i en fil',
  busy: 'Vänta ett ögonblick …',
  arrived: 'Framme: {count}.',
  decides: 'Kontoret avgör: {count}.',
  left: 'Väntar ännu: {count}. De skickas när appen öppnas igen.',
  learns: 'Appen märker det själv när den startar.',
  away: 'Ingen förbindelse till kontoret. Anteckningarna finns kvar. Försök igen när nätet fungerar, eller spara dem i en fil.',
  stranger:
    'Kontoret känner inte igen enheten. Spara anteckningarna i en fil och ta den till kontoret.',
  saved:
    'Filen finns bland nedladdningarna. Ta den till kontoret: en huvudanvändare tar emot den under Användare. Anteckningarna blir också kvar på enheten.',
  failed: 'Det lyckades inte. Anteckningarna finns kvar på enheten.',
  app: 'Appen',
  open: 'Försök öppna appen igen',
  anewMeans:
    'Om appen ändå inte öppnas kan den hämtas på nytt från nätet. Anteckningarna berörs inte.',
  anew: 'Hämta appen på nytt',
  anewAway: 'Det kräver förbindelse till kontoret, och den saknas nu. Inget ändrades.',
  language: 'Språk'
}

const en: RescueWords = {
  title: 'Rescue',
  lede: 'This page works even when the app does not start. The notes are safe on this device, sealed so that only the office can open them.',
  never: 'Do not clear the browser’s data: notes not yet sent would go with it.',
  notes: 'Notes not yet sent',
  device: 'Device {number}',
  reading: 'Looking at what is on this device …',
  waiting: '1 note waits to be sent|{count} notes wait to be sent',
  more: 'And 1 record that is not a note.|And {count} records that are not notes.',
  since: 'The oldest was written {time}.',
  nothing: 'Nothing waits to be sent.',
  nobody: 'There are no notes of anybody on this device.',
  unreadable: 'This could not be read. Close other Kotikäynti tabs and reload this page.',
  send: 'Send to the office',
  save: 'Save to a file',
  busy: 'One moment …',
  arrived: 'Delivered: {count}.',
  decides: 'The office decides: {count}.',
  left: 'Still waiting: {count}. They go when the app opens again.',
  learns: 'The app notices by itself when it starts.',
  away: 'The office cannot be reached. The notes are safe. Try again when there is a network, or save them to a file.',
  stranger:
    'The office does not know this device. Save the notes to a file and take it to the office.',
  saved:
    'The file is among the downloads. Take it to the office: a main user takes it in under Users. The notes stay on this device too.',
  failed: 'That did not work. The notes are still on this device.',
  app: 'The app',
  open: 'Try to open the app again',
  anewMeans:
    'If the app still does not open, it can be fetched again from the network. The notes are not touched.',
  anew: 'Fetch the app again',
  anewAway: 'That needs a connection to the office, and there is none now. Nothing was changed.',
  language: 'Language'
}

export const rescueWords = { fi, sv, en } as const
export type RescueLanguage = keyof typeof rescueWords

export function fillIn(text: string, values: Readonly<Record<string, string | number>>): string {
  const [one = '', many = one] = text.split('|')
  const form = values['count'] === 1 ? one : many
  return form.replace(/\{(\w+)\}/g, (gap, name: string) => String(values[name] ?? gap))
}
