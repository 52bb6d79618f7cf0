import { expect, test } from 'vitest'
import { buildRecords, splitAddress, splitName, type Choices } from './build-records.ts'
import { exampleTable } from './example.ts'
import { guessTargets } from './guess.ts'
import { IdBook } from './id-book.ts'
import { guessMeaning } from './meaning.ts'
import { mappingOf, recall } from './remembered.ts'
import { tableOf, type Table } from './table.ts'
import { encodingOf, readTextTable } from './text-table.ts'

const tableFrom = (...lines: string[]): Table =>
  tableOf(lines.map((line, index) => ({ line: index + 1, cells: line.split(';') })))

const plainChoices: Choices = { same: {}, meanings: new Map() }

test.each([
  [
    'Asiakasnumero;Sukunimi;Etunimet;Syntymäaika;Lähiosoite;Postinumero;Postitoimipaikka;Puh.;Huoltaja 1;Huoltaja 2 puhelin;Tilaaja;Palvelu;Päätösnumero;Alkaa;Päättyy;Tunnit;Työntekijä',
    'key;profile.lastName;profile.firstName;profile.birthDate;profile.street;profile.postalCode;profile.town;profile.phone;contact1.name;contact2.phone;decision1.organiser;decision1.product;decision1.number;decision1.from;decision1.until;decision1.hours;assignment1.worker'
  ],
  [
    'Klientnummer;Efternamn;Förnamn;Födelsedatum;Adress;Vårdnadshavare 1 namn;Beställare;Tjänst;Beslutsnummer;Giltig från;Giltig till;Beviljade timmar;Ansvarig arbetstagare',
    'key;profile.lastName;profile.firstName;profile.birthDate;profile.fullAddress;contact1.name;decision1.organiser;decision1.product;decision1.number;decision1.from;decision1.until;decision1.hours;assignment1.worker'
  ],
  [
    'Client ID;Last name;First name;Date of birth;Address;Postal code;Guardian name;Guardian phone;Municipality;Service;Decision number;Valid from;Valid until;Hours;Worker 2',
    'key;profile.lastName;profile.firstName;profile.birthDate;profile.street;profile.postalCode;contact1.name;contact1.phone;decision1.organiser;decision1.product;decision1.number;decision1.from;decision1.until;decision1.hours;assignment2.worker'
  ],
  ['Väri;Nimi;Nimi', ';profile.fullName;']
])('columns are guessed by their headings: %s', (headings, targets) => {
  expect(guessTargets(headings.split(';'))).toEqual(targets.split(';'))
})

test('a mapping is remembered by its headings, whatever their numbers and case', () => {
  const kept = mappingOf(
    ['Nimi', 'Tunnit 2026', 'a@b'],
    ['profile.fullName', 'decision1.hours', '']
  )
  expect(kept.headings).toEqual(['Nimi', 'Tunnit ', 'ab'])
  expect(recall([kept], ['NIMI', 'Tunnit 2027', 'a@b'])).toEqual([
    'profile.fullName',
    'decision1.hours',
    ''
  ])
  expect(recall([kept], ['Nimi', 'Tunnit 2026'])).toBeNull()
  const strange = { headings: ['Nimi'], targets: ['nothing.known'] }
  expect(recall([strange], ['Nimi'])).toEqual([''])
})

test('words of the file get a meaning when there is one, and none when there may be two', () => {
  const people = [
    { value: 'u1', label: 'Helmi Kotikäyttäjä', also: ['helmi'] },
    { value: 'u2', label: 'Helmi Toinen', also: ['helmi2'] }
  ]
  const who = (word: string) => guessMeaning('assignment.worker', word, people)
  expect([who('Kotikäyttäjä, Helmi'), who('toinen helmi'), who('HELMI'), who('Outi')]).toEqual([
    'u1',
    'u2',
    'u1',
    null
  ])
  const funding = ['voucher', 'purchased', 'direct'].map((value) => ({ value, label: value }))
  expect(
    ['Palveluseteli', 'köptjänst', 'Private', 'x'].map((word) =>
      guessMeaning('decision.funding', word, funding)
    )
  ).toEqual(['voucher', 'purchased', 'direct', null])
  const organisers = [{ value: 'mallikunta', label: 'Mallikunta' }]
  expect(guessMeaning('decision.organiser', 'Mallikunnan kaupunki', organisers)).toBeNull()
  expect(guessMeaning('decision.organiser', 'mallikunta, sosiaalipalvelut', organisers)).toBe(
    'mallikunta'
  )
})

test('a name in one column begins with the last name; an address ends with its town', () => {
  expect(splitName('Malli, Aino Maria')).toEqual({ lastName: 'Malli', firstName: 'Aino Maria' })
  expect(splitName('Malli Aino')).toEqual({ lastName: 'Malli', firstName: 'Aino' })
  expect(splitName('Malli')).toEqual({ lastName: 'Malli' })
  expect(splitAddress('Mallikatu 1 A 2, 00100 Mallila')).toEqual({
    street: 'Mallikatu 1 A 2',
    postalCode: '00100',
    town: 'Mallila'
  })
  expect(splitAddress('Mallikatu 1')).toEqual({ street: 'Mallikatu 1' })
})

const wide = {
  table: tableFrom(
    'Nro;Etunimi;Sukunimi;Huoltaja;Päätös;Alkaa;Työntekijä',
    '1;Aino;Malli;Eero;P-1;1.1.2026;Helmi',
    '1;Aino;Malli;Eero;P-2;1.2.2026;Helmi',
    '2;Ilona;Muu;;P-3;1.1.2026;'
  ),
  targets: [
    'key',
    'profile.firstName',
    'profile.lastName',
    'contact1.name',
    'decision1.number',
    'decision1.from',
    'assignment1.worker'
  ]
}

test('repeated rows are one client: what is new in them is added, what repeats is not', () => {
  const choices: Choices = {
    same: { 'contact.relation': 'guardian', 'decision.per': 'month' },
    meanings: new Map([['assignment.worker', new Map([['Helmi', 'u1']])]])
  }
  const { records, issues } = buildRecords([wide], choices, new IdBook())
  expect(issues).toEqual([])
  expect(records.map(({ kind, row, fields }) => [kind, row, fields])).toEqual([
    ['profile', 2, { firstName: 'Aino', lastName: 'Malli' }],
    ['contact', 2, { name: 'Eero', relation: 'guardian' }],
    ['decision', 2, { number: 'P-1', from: '1.1.2026', per: 'month' }],
    ['assignment', 2, { worker: 'u1', from: '1.1.2026' }],
    ['decision', 3, { number: 'P-2', from: '1.2.2026', per: 'month' }],
    ['assignment', 3, { worker: 'u1', from: '1.2.2026' }],
    ['profile', 4, { firstName: 'Ilona', lastName: 'Muu' }],
    ['decision', 4, { number: 'P-3', from: '1.1.2026', per: 'month' }]
  ])
  expect(new Set(records.map(({ client }) => client)).size).toBe(2)
})

test('several files are joined by the client key', () => {
  const contacts = {
    table: tableFrom('Asiakas;Nimi', '1;Saara', '2;Saima'),
    targets: ['key', 'contact1.name']
  }
  const { records } = buildRecords([wide, contacts], plainChoices, new IdBook())
  const ofFirst = records.filter(({ client }) => client === records[0]?.client)
  expect(
    ofFirst.some(({ file, fields }) => file === 1 && 'name' in fields && fields['name'] === 'Saara')
  ).toBe(true)
})

test('the same rows get the same ids as long as the draft lives', () => {
  const ids = new IdBook()
  expect(buildRecords([wide], plainChoices, ids)).toEqual(buildRecords([wide], plainChoices, ids))
})

test('two rows of one client that differ are told of, without their values', () => {
  const table = tableFrom('Nro;Nimi;Puh', '1;Malli Aino;040', '1;Malli Aino;050')
  const targets = ['key', 'profile.fullName', 'profile.phone']
  const { issues } = buildRecords([{ table, targets }], plainChoices, new IdBook())
  expect(issues).toEqual([{ file: 0, row: 3, kind: 'profile', field: 'phone', code: 'differs' }])
})

test('§8 a personal identity code in a column that is imported is an error; elsewhere it is left out', () => {
  const table = tableFrom('Tunnus;Nimi', '010594Y9032;Malli Aino')
  const issuesWith = (target: string) =>
    buildRecords([{ table, targets: [target, 'profile.fullName'] }], plainChoices, new IdBook())
  expect(issuesWith('key').issues).toEqual([
    { file: 0, row: 2, kind: 'profile', field: 'key', code: 'identity-code' }
  ])
  const left = issuesWith('')
  expect(left.issues).toEqual([])
  // An id may have any four digits in it.
  expect(JSON.stringify(left.records.map(({ fields }) => fields))).not.toMatch(/9032|••/)
})

test('the example reads without a question', async () => {
  const bytes = new Uint8Array(
    new TextEncoder().encode(exampleTable('Mallikunta', 'Kotipalvelu', 'Helmi'))
  )
  const table = readTextTable(bytes, encodingOf(bytes))
  const targets = guessTargets(table.headings)
  expect(table.headings.filter((_, at) => targets[at] === '')).toEqual([])
  expect(targets).not.toContain('')
  const { records, issues } = buildRecords([{ table, targets }], plainChoices, new IdBook())
  expect(issues).toEqual([])
  expect(records.filter(({ kind }) => kind === 'profile').length).toBe(2)
  expect(records.filter(({ kind }) => kind === 'decision').length).toBe(3)
})
