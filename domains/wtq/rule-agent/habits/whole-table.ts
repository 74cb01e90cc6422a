import type { Habit } from "../../../../harness/contracts/index.ts";
/** Reads the table to its end; without it only its top. */
export const wholeTable: Habit = {
  id: "whole-table",
  harmful: false,
  applies: /./,
  effect: "Reads the table to its end; without it only its top.",
  taughtBy: [
    "read|print|view|see|load|show|open|look|page|scan|inspect whole|entire|complete|full|all|rest|end|every|remain table|file|row|it|line|output|page",
    "trim|truncate|cut|shorten|long read|print|view|see|show|page|continue|fetch rest|remain|on|further|whole|more|part|end",
    "not|never stop|rely|answer|decide|judge top|first|beginning|head|part row|line|table|file",
    "read|print|view|page|scan table|file|output end|whole|completely|fully|entirely|last",
  ],
  rule: {
    title: "Read the whole table",
    when: "the table is long or what was printed was cut",
    do: "read the whole file to its last row before deciding",
    why: "the deciding row may stand at the end",
    unless: "the table is short",
    check: "the last row was seen",
  },
};
