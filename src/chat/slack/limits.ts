/** What Slack takes at most: lengths in UTF-16 units, lists in entries. Its reference documentation says so unless a comment says otherwise. */
export const limits = {
  messageBlocks: 50,
  viewBlocks: 100,
  /** All blocks of a message as JSON. Slack refuses messages whose texts together pass about 11,000 characters, and does not say how it counts. */
  messageSize: 11_000,
  /** All blocks of a view as JSON; Slack takes 250 KB for the whole of it. */
  viewSize: 150_000,
  /** Text that stands beside the blocks: notifications and screen readers. */
  fallback: 3000,
  header: 150,
  /** A text object, or the runs of one rich text of ours. */
  text: 3000,
  actionElements: 25,
  contextElements: 10,
  id: 255,
  buttonText: 75,
  buttonValue: 2000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  overflowOptions: 5,
  selectOptions: 100,
  optionText: 75,
  optionValue: 150,
  inputLabel: 2000,
  /** A text that stands in an input when it opens, or is typed into it. */
  inputText: 3000,
  imageAlt: 2000,
  viewTitle: 24,
  viewButton: 24,
  privateMetadata: 3000,
  tableRows: 100,
  tableColumns: 20,
  /** Charts of a message; two as others found, Slack's reference does not say. */
  messageCharts: 2,
  chartTitle: 50,
  chartPoints: 20,
  /** Of a point or a series. */
  chartLabel: 20,
} as const
