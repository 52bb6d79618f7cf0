import type { Organisation } from '#contract/settings.ts'
import { childcareHelp } from './templates/childcare-help.ts'
import { familyWork } from './templates/family-work.ts'
import { homeService } from './templates/home-service.ts'
import { supervisedExchange } from './templates/supervised-exchange.ts'
import { supervisedMeeting } from './templates/supervised-meeting.ts'
import { supportPerson } from './templates/support-person.ts'
import { supportedMeeting } from './templates/supported-meeting.ts'

/** What a new register starts with: the field's seven products, their visit notes, and the default policy. */

export const standardTemplates = [
  homeService,
  familyWork,
  supportPerson,
  supervisedMeeting,
  supportedMeeting,
  supervisedExchange,
  childcareHelp
]

const policy: Organisation['policy'] = {
  offlineDays: 7,
  assignmentAheadDays: 2,
  deleteAfterDays: 60,
  lapseDays: 30,
  lateNoteDays: 7,
  autoLockMinutes: 5,
  wrongPassphraseLimit: 10
}

/** "Varsinais-Suomen hyvinvointialue" → "varsinais-suomen-hyvinvointialue". */
export function settingIdOf(name: string): string {
  const id = name
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 64)
    .replaceAll(/^-+|-+$/g, '')
  return id === '' ? 'organiser' : id
}

export function standardOrganisation(founding: {
  name: string
  businessId?: string | undefined
  phone?: string | undefined
  organiser: string
}): Organisation {
  const provider = {
    name: founding.name,
    ...(founding.businessId === undefined ? {} : { businessId: founding.businessId }),
    ...(founding.phone === undefined ? {} : { phone: founding.phone })
  }
  return {
    controller: provider,
    // Until the settings name others, the provider answers for itself.
    contactPerson: provider,
    protectionOfficer: provider,
    processor: provider,
    organisers: [{ id: settingIdOf(founding.organiser), name: founding.organiser }],
    products: standardTemplates.map(({ id, title }) => ({ id, title, template: id })),
    templates: standardTemplates,
    notice: { version: 1, effectiveFrom: '2026-11-01' },
    policy
  }
}
