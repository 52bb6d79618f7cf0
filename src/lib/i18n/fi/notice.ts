export const notice = {
  'notice.lede': 'Näin asiakkaiden tietoja käsitellään.',
  'notice.version': 'Versio {version}, voimassa {day} alkaen',
  'notice.print': 'Tulosta',
  'notice.away': 'Palveluntuottajan tietoja ei saatu haettua. Yritä uudelleen, kun verkko toimii.'
} as const
