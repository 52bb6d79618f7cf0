import { childcareHelp } from './childcare-help.ts'
import { familyWork } from './family-work.ts'
import { homeService } from './home-service.ts'
import { supervisedExchange, supervisedMeeting, supportedMeeting } from './meetings.ts'
import { supportPerson } from './support-person.ts'
import type { Wording } from './wording.ts'

/** By product; each product of the standard organisation has one. */
export const wordings: Readonly<Record<string, Wording>> = {
  'home-service': homeService,
  'family-work': familyWork,
  'support-person': supportPerson,
  'supervised-meeting': supervisedMeeting,
  'supported-meeting': supportedMeeting,
  'supervised-exchange': supervisedExchange,
  'childcare-help': childcareHelp
}
