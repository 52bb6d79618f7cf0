import type { Template } from '#contract/template.ts'
import { closing, done, place, present, underPermits } from './every-note.ts'
import { titleOf } from './fields.ts'
import {
  decisionReference,
  events,
  handoverTimes,
  interpreter,
  interruptions,
  parentsApart
} from './meeting-fields.ts'

export const supervisedMeeting: Template = {
  id: 'supervised-meeting',
  version: 1,
  title: titleOf(['Valvottu tapaaminen', 'Övervakat umgänge', 'Supervised meeting']),
  fields: [
    events,
    present,
    place,
    parentsApart,
    interpreter,
    handoverTimes,
    interruptions,
    ...underPermits,
    done,
    decisionReference,
    ...closing
  ]
}
