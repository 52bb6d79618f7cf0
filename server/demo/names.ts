/** Names as common as rain, joined at random: none of these people is anybody. */

export const surnames = [
  'Aaltonen', 'Eklund', 'Hakala', 'Halonen', 'Heikkinen', 'Hiltunen', 'Honkanen', 'Huttunen',
  'Järvelä', 'Kallio', 'Kangas', 'Karppinen', 'Kettunen', 'Kinnunen', 'Koivisto', 'Korhola',
  'Laaksonen', 'Lahtinen', 'Leppänen', 'Lindholm', 'Mattila', 'Mäkelä', 'Nurmi', 'Ojala',
  'Pelkonen', 'Peltola', 'Pitkänen', 'Rautio', 'Ruotsala', 'Saarela', 'Salonen', 'Sillanpää',
  'Sundqvist', 'Suominen', 'Tanskanen', 'Toivola', 'Tuomela', 'Uusitalo', 'Viitanen', 'Ylönen'
] as const

export const mothers = [
  'Anni', 'Eveliina', 'Hanna', 'Heidi', 'Jenni', 'Johanna', 'Katri', 'Laura', 'Linda', 'Maria',
  'Milla', 'Niina', 'Outi', 'Piia', 'Saara', 'Suvi', 'Tiina', 'Veera'
] as const

export const fathers = [
  'Antti', 'Henri', 'Jari', 'Joonas', 'Kimmo', 'Lauri', 'Marko', 'Mika', 'Niklas', 'Olli',
  'Petri', 'Sami', 'Teemu', 'Tommi', 'Ville'
] as const

export const children = [
  'Aada', 'Aino', 'Alvar', 'Eeli', 'Eino', 'Ella', 'Elsa', 'Emil', 'Hilla', 'Iida', 'Kaapo',
  'Leo', 'Lilja', 'Lumi', 'Matilda', 'Niilo', 'Nooa', 'Oiva', 'Olivia', 'Otso', 'Peppi', 'Pihla',
  'Saimi', 'Sisu', 'Toivo', 'Touko', 'Venla', 'Viljo', 'Väinö', 'Vilma'
] as const

/** The siblings who are visited together. */
export const siblingNames = ['Venla', 'Otso'] as const

export const grandparents = ['Eila', 'Kaarina', 'Leena', 'Pentti', 'Raimo', 'Seppo', 'Terttu'] as const

export const socialWorkers = ['Katja Ahola', 'Mervi Rintala', 'Jussi Backman', 'Sirpa Kujala'] as const

export const streets = [
  'Keinutie', 'Käpytie', 'Leppäkertunpolku', 'Mansikkamäentie', 'Naavakuja', 'Orvokkitie',
  'Pajunkissankuja', 'Pihlajanmarjantie', 'Purolaaksontie', 'Satakielentie', 'Sinivuokontie',
  'Tuulimyllynkatu', 'Tähkätie', 'Vanhankellonkatu'
] as const

export const towns = [
  { town: 'Ruskoranta', postalCode: '20990' },
  { town: 'Lehtosaari', postalCode: '21990' }
] as const
