import { hours } from './fi/hours.ts'
import { office } from './fi/office.ts'

/** The Finnish of the office, which no tablet carries: every area of words of its own. */
export const atOffice = { ...office, ...hours } as const
