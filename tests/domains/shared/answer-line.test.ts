import { expect, test } from "vitest";
import { statedAnswer } from "../../../domains/shared/answer-line.ts";

test.each([
  ["the rest of the line", "They meet twice.\nAnswer: 12 May", ["12 May"]],
  ["the lines below", "So:\n\nAnswer:\nAnn\nBo, Jr.\n", ["Ann", "Bo, Jr."]],
  ["no further than an empty line", "Answer: 7\n\nAsk me if you want to know more.", ["7"]],
  ["the last of them", "Answer: 6\nNo, I forgot one.\nFinal answer: 7", ["7"]],
  ["without emphasis", "**Answer:** **7**\n**8**", ["7", "8"]],
  ["without emphasis around all", "**Answer: 7**", ["7"]],
  ["without fences", "Answer:\n```\nAnn\nBo\n```\n", ["Ann", "Bo"]],
  ["with marks that are the answer's own", "Answer: Smith*", ["Smith*"]],
])("what a reply states behind `Answer:`: %s", (_, reply, lines) => {
  expect(statedAnswer(reply)).toEqual(lines);
});

test.each([
  ["in the middle of a sentence", "I give the answer: none"],
  ["with nothing behind it", "Answer:\n\n"],
  ["not there", "It is 7."],
])("nothing is stated where the mark is %s", (_, reply) => {
  expect(statedAnswer(reply)).toBeUndefined();
});
