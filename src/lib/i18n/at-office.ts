import { clients } from './fi/clients.ts'
import { documents } from './fi/documents.ts'
import { hours } from './fi/hours.ts'
import { office } from './fi/office.ts'
import { people } from './fi/people.ts'
import { profile } from './fi/profile.ts'
import { settings } from './fi/settings.ts'
import { usage } from './fi/usage.ts'
import { week } from './fi/week.ts'

/** The Finnish of the office, which no tablet carries: every area of words of its own. */
export const atOffice = {
  ...office,
  ...documents,
  ...clients,
  ...hours,
  ...people,
  ...profile,
  ...settings,
  ...usage,
  ...week
} as const
