import type { rescue as finnish } from '#lib/i18n/fi/rescue.ts'

export const rescue: Readonly<Record<keyof typeof finnish, string>> = {
  'rescue.take': 'Ta emot en räddningsfil',
  'rescue.means':
    'En surfplatta vars app inte startar sparar sina anteckningar i en fil på sidan Räddning. Ingen kan läsa filen; här kommer anteckningarna fram. Samma fil kan ges flera gånger.',
  'rescue.choose': 'Välj fil',
  'rescue.taking': 'Tar emot …',
  'rescue.notOne': 'Det här är ingen räddningsfil. Inget ändrades.',
  'rescue.of': '{device}, {name}',
  'rescue.held': '1 anteckning: {parts}|{count} anteckningar: {parts}',
  'rescue.applied': '1 sparad|{count} sparade',
  'rescue.decides': '1 väntar på avgörande|{count} väntar på avgörande',
  'rescue.discarded': '1 från ett raderat klientskap|{count} från raderade klientskap',
  'rescue.refused': '1 gick inte att öppna|{count} gick inte att öppna',
  'rescue.retry': '1 väntar på surfplattan|{count} väntar på surfplattan',
  'rescue.again': 'Av dem hade 1 kommit tidigare.|Av dem hade {count} kommit tidigare.',
  'rescue.unknown':
    '1 anteckning är från en okänd enhet.|{count} anteckningar är från okända enheter.'
}
