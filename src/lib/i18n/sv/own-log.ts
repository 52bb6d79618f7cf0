import type { ownLog as fi } from '#lib/i18n/fi/own-log.ts'

export const ownLog = {
  'ownLog.title': 'Min logg',
  'ownLog.lede':
    'Vilka klientuppgifter du själv har öppnat, antecknat eller skrivit ut. Samma anteckningar ser kontorets tillsyn.',
  'ownLog.open': 'Visa min logg',
  'ownLog.client': 'Klient',
  'ownLog.notHere': 'Inte på denna enhet',
  'ownLog.offline': 'Din logg behöver nätet',
  'ownLog.offlineMore': 'Anteckningarna finns hos kontoret. Försök när nätet är tillbaka.',
  'ownLog.again': 'Försök igen',
  'ownLog.none': 'Du har ännu inte använt någons uppgifter'
} as const satisfies Readonly<Record<keyof typeof fi, string>>
