import { childcareHelp } from './childcare-help-wording.ts'
import { familyWork } from './family-work-wording.ts'
import { homeService } from './home-service-wording.ts'
import { supervisedExchange, supervisedMeeting, supportedMeeting } from './meeting-wordings.ts'
import { supportPerson } from './support-person-wording.ts'
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
