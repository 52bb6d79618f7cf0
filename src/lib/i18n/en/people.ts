import type { people as finnish } from '#lib/i18n/fi/people.ts'

export const people: Readonly<Record<keyof typeof finnish, string>> = {
  'people.views': 'Who sees what',
  'people.viewsLede':
    'The task decides what is seen of a client. A worker sees only the clients they are assigned to; of the others not even a name comes to their device.',
  'people.viewsOffice':
    'At the office a main user sees everything of a client, and every use leaves a line in the log. Oversight alone opens nobody’s data.',
  'people.viewsTable': 'Tasks, and what is seen in them',
  'people.what': 'What',
  'people.all': 'Everything',
  'people.none': 'Not seen',
  'people.may': 'May write on the tablet',
  'people.mayNothing': 'Nothing',
  'people.kind.profile': 'Profile',
  'people.kind.contact': 'Family and contacts',
  'people.kind.decision': 'Decisions and hours',
  'people.kind.assignment': 'The client’s workers',
  'people.kind.visit': 'Visits',
  'people.kind.note': 'Notes',
  'people.kind.document': 'Documents',
  'people.kind.suggestion': 'Proposed corrections',
  'people.kind.completion-request': 'Requests to complete',
  'people.rights': 'Role and tasks',
  'people.rightsHint': 'A change is in force at once, and on the tablet at its next contact.',
  'people.saved': 'Saved.',
  'people.changed': 'Somebody else changed this meanwhile',
  'people.changedNow': 'Saved now: {name}, {role}, {tasks}.',
  'people.changedKeep': 'Your changes are still in the form. Save them if they are still right.',
  'people.lastMainUser': 'Somebody who keeps the office must always be left.',
  'people.ownRole': 'Your own role is changed by another main user.',
  'people.duties': 'Pledge, training and notice',
  'people.duty.change-password': 'A password of their own',
  'people.duty.secrecy-pledge': 'Pledge of secrecy',
  'people.duty.training': 'Data protection training',
  'people.duty.notice': 'Privacy notice',
  'people.noticeVersion': '{day}, version {version}',
  'people.undone': 'Not done',
  'people.due': 'To be renewed',
  'people.ready': 'In order',
  'people.pending': '{count} missing|{count} missing',
  'people.dutiesMean':
    'Client data opens only when all of it is done. The pledge and the training are renewed yearly.',
  'people.devicesNone': 'They have no devices.',
  'people.restore': 'Restore access',
  'people.restore-ask': 'Restore access: {name}?',
  'people.restore-password':
    'The old password and the passkeys stop working at once, and open sessions end.',
  'people.restore-devices':
    'Their devices are revoked and become empty. Notes not yet sent still arrive.',
  'people.restore-link':
    'You get a link by which they choose a new password themselves. Nobody else sees it.',
  'people.gone': 'There is no such user',
  'people.goneMore': 'Go back to the list of users.',
  'people.leave': 'When they leave',
  'people.leaveMeans':
    'The account is closed, their clients are taken off and their devices are emptied. Notes stay, and unsent ones arrive.',
  'people.close': 'Close the account',
  'people.closeAsk': 'Close {name}?',
  'people.closeSession': 'They can no longer get in, and open sessions end at once.',
  'people.closeAssignments':
    'The assignment to one client ends today.|The assignments to {count} clients end today.',
  'people.closeDevices':
    'One device is emptied at its next contact.|{count} devices are emptied at their next contact.',
  'people.closeVisits':
    'One planned visit is left without a worker|{count} planned visits are left without a worker',
  'people.closeReason': 'Reason',
  'people.closeReasonHint': 'Stays visible with the clients’ workers.',
  'people.closed': 'The account is closed'
}
