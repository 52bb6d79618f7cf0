import { fieldsUnder, phrases } from '#contract/clause-eight.ts'
import { standardLogYears, type Organisation } from '#contract/settings.ts'
import type { MessageKey } from '#lib/i18n/fi.ts'
import type { Filling } from '#lib/i18n/fill.ts'

/** `–` is what the notice promises before its first heading. */
export const clauses = [
  '–',
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  '8',
  '9',
  '10',
  '11',
  '12',
  '13',
  '14'
] as const
export type Clause = (typeof clauses)[number]

/** A setting that a clause depends on, with the value that it has now. */
export interface ClauseSetting {
  readonly key: Extract<MessageKey, `oversight.setting.${string}`>
  readonly value: Filling
}

const standardRenewDays = 365
const standardLapseDays = 30

/** By which settings each clause is kept, as they stand; a clause without one is kept by the code alone. */
export function settingsOf(clause: Clause, organisation: Organisation): readonly ClauseSetting[] {
  const { controller, contactPerson, protectionOfficer, processor, policy } = organisation
  switch (clause) {
    case '2':
      return [{ key: 'oversight.setting.controller', value: controller.name }]
    case '3':
      return [{ key: 'oversight.setting.contact', value: contactPerson.name }]
    case '4':
      return [{ key: 'oversight.setting.officer', value: protectionOfficer.name }]
    case '5':
      return [{ key: 'oversight.setting.processor', value: processor.name }]
    case '6':
      return [{ key: 'oversight.setting.lateNote', value: policy.lateNoteDays }]
    case '7':
      return [
        { key: 'oversight.setting.deleteAfter', value: policy.deleteAfterDays },
        { key: 'oversight.setting.lapse', value: policy.lapseDays ?? standardLapseDays },
        { key: 'oversight.setting.offline', value: policy.offlineDays }
      ]
    case '8':
      return [
        {
          key: 'oversight.setting.fields',
          value: phrases.reduce((sum, phrase) => sum + fieldsUnder(phrase).length, 0)
        },
        { key: 'oversight.setting.beyond', value: fieldsUnder('beyond').length }
      ]
    case '10':
      return [
        {
          key: 'oversight.setting.organisers',
          value: organisation.organisers.map(({ name }) => name).join(', ')
        }
      ]
    case '12':
      return [
        { key: 'oversight.setting.renew', value: policy.renewDays ?? standardRenewDays },
        { key: 'oversight.setting.autoLock', value: policy.autoLockMinutes },
        { key: 'oversight.setting.passphrase', value: policy.wrongPassphraseLimit },
        { key: 'oversight.setting.logYears', value: policy.logYears ?? standardLogYears }
      ]
    case '14':
      return [{ key: 'oversight.setting.notice', value: organisation.notice.version }]
    case '–':
    case '1':
    case '9':
    case '11':
    case '13':
      return []
  }
}
