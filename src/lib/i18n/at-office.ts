import { hours } from './fi/hours.ts'
import { office } from './fi/office.ts'
import { profile } from './fi/profile.ts'

/** The Finnish of the office, which no tablet carries: every area of words of its own. */
export const atOffice = { ...office, ...hours, ...profile } as const
