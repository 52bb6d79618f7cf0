const headings = [
  'Asiakasnumero',
  'Sukunimi',
  'Etunimi',
  'Syntymäaika',
  'Katuosoite',
  'Postinumero',
  'Postitoimipaikka',
  'Puhelin',
  'Allergiat',
  'Erityistarpeet',
  'Turvakielto',
  'Huoltaja 1 nimi',
  'Huoltaja 1 puhelin',
  'Tilaaja',
  'Palvelu',
  'Rahoitus',
  'Päätösnumero',
  'Päätös alkaa',
  'Päätös päättyy',
  'Tunnit',
  'Jakso',
  'Työntekijä'
]

/** Everybody in it is invented. The second client has two rows, since she has two decisions. */
const rows = (organiser: string, product: string, worker: string): string[][] => [
  [
    '1',
    'Malli',
    'Aino',
    '3.5.1990',
    'Mallikatu 1',
    '00100',
    'Mallila',
    '040 123 4567',
    'Pähkinä',
    'Arjen rytmi',
    'ei',
    'Malli Eero',
    '050 123 4567',
    organiser,
    product,
    'Palveluseteli',
    'P-1',
    '1.11.2026',
    '30.4.2027',
    '12,5',
    'kuukaudessa',
    worker
  ],
  [
    '2',
    'Esimerkki',
    'Ilona',
    '12.12.1985',
    'Esimerkkitie 2',
    '00200',
    'Mallila',
    '+358 50 765 4321',
    '',
    '',
    'kyllä',
    '',
    '',
    organiser,
    product,
    'Ostopalvelu',
    'P-2',
    '1.11.2026',
    '31.1.2027',
    '8',
    'kuukaudessa',
    worker
  ],
  [
    '2',
    'Esimerkki',
    'Ilona',
    '12.12.1985',
    '',
    '',
    '',
    '',
    '',
    '',
    '',
    '',
    '',
    organiser,
    product,
    'Ostopalvelu',
    'P-3',
    '1.2.2027',
    '30.6.2027',
    '6',
    'kuukaudessa',
    worker
  ]
]

/** A table as this import understands it best, made here: nothing of the register is in it but names of settings. */
export function exampleTable(organiser: string, product: string, worker: string): string {
  const lines = [headings, ...rows(organiser, product, worker)].map((cells) =>
    cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';')
  )
  return `\ufeff${lines.join('\r\n')}\r\n`
}
