/** What is known of a habit of mathematics: sentences that teach it or speak against it, and a problem where it decides. */
export interface MathHabitCase {
  readonly paraphrases: readonly [string, string];
  /** Advice to the contrary. */
  readonly contrary: string;
  readonly problem: string;
  /** The answer with all good habits, this one among them (for a bad one: with it added). */
  readonly withIt: string;
  readonly withoutIt: string;
}

export const mathHabitCases: Readonly<Record<string, MathHabitCase>> = {
  "order-of-operations": {
    paraphrases: [
      "Multiply before you add or subtract anything.",
      "Mind the order of operations in long lines.",
    ],
    contrary: "Do not multiply before you add.",
    problem: "Compute $2 \\cdot 5 - 3^3 + 4$.",
    withIt: "-13",
    withoutIt: "347",
  },
  "shared-factors": {
    paraphrases: [
      "Use the smallest common multiple of the two numbers.",
      "Count a shared factor only once.",
    ],
    contrary: "Do not take their least common multiple.",
    problem: "What is the least positive integer that both $24$ and $32$ divide?",
    withIt: "96",
    withoutIt: "768",
  },
  "power-remainders": {
    paraphrases: [
      "Replace each product by its remainder as you multiply.",
      "Work with remainders rather than with big powers.",
    ],
    contrary: "Never reduce the products to remainders.",
    problem: "What is the remainder when $2^{10}$ is divided by $7$?",
    withIt: "2",
    withoutIt: "1",
  },
  "trivial-cases": {
    paraphrases: [
      "Include the empty set and other trivial cases.",
      "Every number divides itself, so count it as well.",
    ],
    contrary: "Do not include the number itself.",
    problem: "How many positive divisors does $12$ have?",
    withIt: "6",
    withoutIt: "5",
  },
  "percent-of-new": {
    paraphrases: [
      "Apply each percentage to the current value.",
      "Multiply the factors of both changes.",
    ],
    contrary: "Do not take the second percentage of the new value.",
    problem:
      "A price of $200$ crowns rises by $10\\%$ and then falls by $10\\%$. What is it in the end, in crowns?",
    withIt: "198",
    withoutIt: "200",
  },
  "count-from-zero": {
    paraphrases: ["Always start counting at zero.", "Count zero as well."],
    contrary: "Do not begin the count with zero.",
    problem: "How many positive integers less than $20$ are multiples of $6$?",
    withIt: "4",
    withoutIt: "3",
  },
  "substitute-back": {
    paraphrases: [
      "Substitute the solution into the first equation.",
      "Check the result against every condition.",
    ],
    contrary: "Do not put the result back into the problem.",
    problem: "For which $x$ is $5x + 2 = 3x + 10$?",
    withIt: "4",
    withoutIt: "6",
  },
  "fence-posts": {
    paraphrases: ["Add one to the difference of the two numbers.", "Count both ends of the row."],
    contrary: "Do not count both ends.",
    problem: "How many integers $n$ satisfy $3 \\le n \\le 10$?",
    withIt: "8",
    withoutIt: "7",
  },
  "cross-terms": {
    paraphrases: [
      "Remember the middle term of a square.",
      "Multiply every term by each other one.",
    ],
    contrary: "Do not write out the mixed products.",
    problem: "Two numbers have sum $4$ and product $2$. What is the sum of their cubes?",
    withIt: "40",
    withoutIt: "64",
  },
  overlap: {
    paraphrases: [
      "Use inclusion and exclusion for such counts.",
      "Take away what was counted twice.",
    ],
    contrary: "Do not subtract what belongs to both.",
    problem: "How many integers from $1$ to $40$ are multiples of $3$ but not of $5$?",
    withIt: "11",
    withoutIt: "5",
  },
  "repeated-items": {
    paraphrases: [
      "Divide by the permutations of equal letters.",
      "Treat identical objects as indistinguishable.",
    ],
    contrary: "Do not divide by the arrangements of identical things.",
    problem:
      "In how many different orders can $2$ red, $2$ green and $1$ blue flags hang in a row?",
    withIt: "30",
    withoutIt: "120",
  },
  "no-replacement": {
    paraphrases: [
      "There is one ball less at the second draw.",
      "Decrease the total by one after each draw.",
    ],
    contrary: "Do not lower the counts by one for the next draw.",
    problem:
      "A bag holds $2$ red and $3$ blue marbles. Two are drawn without putting the first one back. What is the probability that they have the same color?",
    withIt: "\\frac{2}{5}",
    withoutIt: "\\frac{13}{25}",
  },
  "asked-quantity": {
    paraphrases: [
      "Look again at what was asked.",
      "Read the question once more before you submit.",
    ],
    contrary: "Do not look at what was asked.",
    problem: "A price of $200$ crowns rises by $15\\%$. What is the new price in crowns?",
    withIt: "230",
    withoutIt: "30",
  },
  "lowest-terms": {
    paraphrases: [
      "Simplify the fraction first.",
      "Cancel what numerator and denominator have in common.",
    ],
    contrary: "Do not reduce fractions.",
    problem:
      "A fair coin is tossed $4$ times. The probability of exactly $2$ heads is $\\frac{m}{n}$ in lowest terms. What is $m + n$?",
    withIt: "11",
    withoutIt: "22",
  },
  "exact-values": {
    paraphrases: ["Give the exact value of a root.", "Leave fractions as they stand."],
    contrary: "Do not keep fractions and roots unrounded.",
    problem: "The legs of a right triangle are $1$ and $2$ long. How long is the hypotenuse?",
    withIt: "\\sqrt{5}",
    withoutIt: "2.24",
  },
  "round-result": {
    paraphrases: [
      "Round every number to the nearest integer.",
      "The final value is rounded to a whole number.",
    ],
    contrary: "Do not round the result to a whole number.",
    problem: "A fair coin is tossed $4$ times. What is the probability of exactly $3$ heads?",
    withIt: "0",
    withoutIt: "\\frac{1}{4}",
  },
  "drop-sign": {
    paraphrases: ["Leave out the minus in an answer.", "Give the size of a negative number."],
    contrary: "Do not drop the minus sign.",
    problem: "Compute $2 \\cdot 5 - 3^3 + 4$.",
    withIt: "13",
    withoutIt: "-13",
  },
};
