import type { Template } from '#contract/template.ts'
import { closing, done, goalsTouched, place, present, underPermits } from './every-note.ts'
import { ticks, titleOf } from './fields.ts'
import {
  decisionReference,
  events,
  handoverTimes,
  interpreter,
  interruptions
} from './meeting-fields.ts'

export const supportedMeeting: Template = {
  id: 'supported-meeting',
  version: 1,
  title: titleOf(['Tuettu tapaaminen', 'Stött umgänge', 'Supported meeting']),
  fields: [
    events,
    ticks('support', ['Millaista tukea', 'Hurdant stöd', 'Kind of support'], {
      'at-hand': ['Saatavilla tarvittaessa', 'Till hands vid behov', 'At hand when needed'],
      play: ['Leikin ohjaaminen', 'Handledning i leken', 'Guiding play'],
      'daily-care': ['Hoidossa auttaminen', 'Hjälp med skötseln', 'Help with daily care'],
      conversation: ['Keskustelu vanhemman kanssa', 'Samtal med föräldern', 'Talk with the parent']
    }),
    present,
    place,
    interpreter,
    handoverTimes,
    interruptions,
    ...underPermits,
    goalsTouched,
    done,
    decisionReference,
    ...closing
  ]
}
