import { expect, test } from 'vitest'
import { castOf, signsIn, stemOf } from './other-persons.ts'
import { sentencesOf } from './texts.ts'

const cast = castOf(
  [
    { name: 'Veikko Kuusinen' },
    { name: 'Aune-Maria Hakkarainen' },
    { name: 'Neuvolan Terhi' },
    { name: 'Åsa Öhman' }
  ],
  { client: 'Aino Kuusinen', workers: ['Helmi Kotikäyttäjä'], settings: ['Mallikunta', 'Turku'] }
)

test.each([
  ['Veikon auto oli rikki.', ['named']],
  ['Sovittiin Veikolle uusi aika.', ['named']],
  ['Hakkaraisen puhelin ei vastannut.', ['named']],
  ['Soitettiin Öhmanille.', ['named']],
  ['Tavattiin Terhiä neuvolassa.', ['named']],
  ['Aino nukkui hyvin, Ainon kanssa leikittiin.', []],
  ['Kuusisen perheessä oli rauhallista.', []],
  ['Helmi kävi, Helmin kanssa siivottiin Turussa.', []],
  ['Äiti kertoi väsymyksestä.', ['kin']],
  ['Isän luona oli riitaa.', ['kin']],
  ['Naapurit valittivat.', ['kin']],
  ['Mamma och pappa grälade.', ['kin']],
  ['Käytiin torilla ja tavattiin Pekka.', ['person']],
  ['Tehtiin ruokaa ja siivottiin.', []],
  ['Kello 8.30 lähdettiin kouluun.', []]
])('%s', (sentence, signs) => {
  expect(signsIn(sentence, cast)).toEqual(signs)
})

test.each([
  ['Veikko', 'Veikon'],
  ['Matti', 'Matin'],
  ['Kuusinen', 'Kuusisen'],
  ['Hakkarainen', 'Hakkaraisen'],
  ['Pirkko', 'Pirkon'],
  ['Antti', 'Antin'],
  ['Ilta', 'Illan'],
  ['Jukka', 'Jukan']
])('what stays alike of %s begins %s too', (name, bent) => {
  expect(bent.toLowerCase().startsWith(stemOf(name))).toBe(true)
})

test('a text is its sentences joined, and no clock or date parts one', () => {
  const text =
    'Tultiin klo 8.30. Lähdettiin 3.5.2026 illalla! Mitä nyt?\nUusi rivi. jatkuu pienellä'
  const sentences = sentencesOf(text)
  expect(sentences.join('')).toBe(text)
  expect(sentences.map((one) => one.trim())).toEqual([
    'Tultiin klo 8.30.',
    'Lähdettiin 3.5.2026 illalla!',
    'Mitä nyt?',
    'Uusi rivi. jatkuu pienellä'
  ])
})
