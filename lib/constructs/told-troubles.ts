/**
 * Troubles that functions get over, or give up, without failing: they only tell of them in their logs. Each is counted there, and an
 * alarm watches the count. tests/infra proves that the words are still those of the code.
 */
export interface ToldTrouble {
  name: string;
  /** Functions in whose logs the words stand. */
  functions: readonly string[];
  /** Message of the log entry. */
  words: string;
  /** Ends the sentence "Kerf: <name> ..." of the alarm. */
  what: string;
  /** So many in five minutes raise the alarm. */
  threshold: number;
}

export const toldTroubles: readonly ToldTrouble[] = [
  {
    name: 'reconciler-repairs',
    functions: ['reconcile-workflows'],
    words: 'a workflow is started anew',
    what: 'replaces executions that no longer answer',
    threshold: 3,
  },
  {
    name: 'stuck-gates',
    functions: ['workflow-step'],
    words: 'a step keeps failing',
    what: 'has a step that fails whenever it is tried',
    threshold: 1,
  },
  {
    name: 'outbox-overdue',
    functions: ['sweep-outbox'],
    words: 'outbox rows were overdue',
    what: 'finds events that the stream did not bring to the bus',
    threshold: 1,
  },
  {
    name: 'mails-given-up',
    functions: ['send-mails', 'sweep-mails'],
    words: 'a mail is given up',
    what: 'could not send a mail however often it was tried',
    threshold: 1,
  },
  {
    name: 'payments-astray',
    functions: ['api-billing'],
    words: 'a payment does not match its invoice',
    what: 'was told of money that fits no invoice',
    threshold: 1,
  },
  {
    name: 'exports-given-up',
    functions: ['export-shops'],
    words: 'an export is given up',
    what: 'could not make the export of a shop however often it was tried',
    threshold: 1,
  },
];
