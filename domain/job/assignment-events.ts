/** What is written to the log about who has to do with a job, beside its steps. */
export const assignmentEventTypes = [
  'vendor.assigned',
  'vendor.drawing_added',
  'job.salesperson_changed',
] as const;
