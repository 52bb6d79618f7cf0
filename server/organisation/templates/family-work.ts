import type { Template } from '#contract/template.ts'
import { closing, done, goalsTouched, place, present, underPermits } from './every-note.ts'
import { choice, mandatory, text, ticks, titleOf } from './fields.ts'

export const familyWork: Template = {
  id: 'family-work',
  version: 1,
  title: titleOf(['Perhetyö', 'Familjearbete', 'Family work']),
  fields: [
    mandatory(
      ticks('methods', ['Työmenetelmät', 'Arbetsmetoder', 'Methods'], {
        conversation: ['Keskustelu', 'Samtal', 'Conversation'],
        'doing-together': ['Yhdessä tekeminen', 'Att göra tillsammans', 'Doing together'],
        'parenting-support': ['Vanhemmuuden tuki', 'Stöd i föräldraskapet', 'Parenting support'],
        routines: ['Arjen rutiinit', 'Vardagsrutiner', 'Daily routines'],
        'child-time': ['Aikaa lapsen kanssa', 'Tid med barnet', 'Time with the child'],
        network: ['Verkostotyö', 'Nätverksarbete', 'Work with the network'],
        method: ['Työväline tai kortit', 'Verktyg eller kort', 'A tool or cards']
      })
    ),
    present,
    place,
    ...underPermits,
    goalsTouched,
    done,
    text('interaction', ['Vuorovaikutus', 'Samspel', 'Interaction']),
    text('until-next-time', [
      'Tehtävä ensi kertaan',
      'Uppgift till nästa gång',
      'Task until next time'
    ]),
    choice('evaluation', ['Arviointi', 'Utvärdering', 'Evaluation'], {
      none: ['Ei tällä käynnillä', 'Inte vid detta besök', 'Not on this visit'],
      interim: ['Väliarviointi', 'Mellanutvärdering', 'Interim evaluation'],
      final: ['Loppuarviointi', 'Slututvärdering', 'Final evaluation']
    }),
    ...closing
  ]
}
