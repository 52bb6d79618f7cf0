/** As people write them: whole, or with one decimal. Null for what is no distance of one visit. */
export function readKilometres(text: string): number | null {
  const written = text.trim().replace(',', '.')
  if (!/^\d{1,4}(?:\.\d)?$/.test(written)) return null
  const kilometres = Number(written)
  return kilometres <= mostKilometres ? kilometres : null
}

/** As `visit.record` allows. */
const mostKilometres = 2000
