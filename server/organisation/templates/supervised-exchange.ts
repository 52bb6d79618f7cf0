import type { Template } from '#contract/template.ts'
import { closing, done, place, present, underPermits } from './every-note.ts'
import { choice, titleOf } from './fields.ts'
import {
  decisionReference,
  events,
  handoverTimes,
  interpreter,
  interruptions,
  parentsApart
} from './meeting-fields.ts'

export const supervisedExchange: Template = {
  id: 'supervised-exchange',
  version: 1,
  title: titleOf(['Valvottu vaihto', 'Övervakat byte', 'Supervised exchange']),
  fields: [
    events,
    choice('direction', ['Lapsi siirtyi', 'Barnet övergick', 'The child moved'], {
      'to-meeting-parent': [
        'Tapaavalle vanhemmalle',
        'Till umgängesföräldern',
        'To the meeting parent'
      ],
      'to-home-parent': ['Lähivanhemmalle', 'Till boföräldern', 'To the home parent']
    }),
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
