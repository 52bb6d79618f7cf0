import type { usage as finnish } from '#lib/i18n/fi/usage.ts'

export const usage: Readonly<Record<keyof typeof finnish, string>> = {
  'office.tab.log': 'Logg',
  'usage.title': 'Vem har använt uppgifterna',
  'usage.lede': 'Nyast först. Loggen säger bara vem, när, för vad och på vilken enhet.',
  'usage.at': 'Tid',
  'usage.who': 'Vem',
  'usage.what': 'Vad',
  'usage.purpose': 'För vad',
  'usage.device': 'Enhet',
  'usage.atOffice': 'Kontoret',
  'usage.server': 'Systemet',
  'usage.none': 'Inga anteckningar ännu',
  'usage.more': 'Visa äldre',
  'usage.kind.open': 'Öppnade',
  'usage.kind.search': 'Sökte',
  'usage.kind.list': 'Såg i en lista',
  'usage.kind.write': 'Antecknade eller ändrade',
  'usage.kind.send': 'Fick till sin enhet',
  'usage.kind.print': 'Skrev ut',
  'usage.kind.show': 'Tittade på',
  'usage.kind.end': 'Avslutade klientrelationen',
  'usage.kind.delete': 'Raderade'
}
