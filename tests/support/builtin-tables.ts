/** Small tables with the mess of real ones, made for these tests. */
export const tables = {
  medals: `Rank,Nation,Gold,Silver,Total
1,Norway,14,"1,204","1,218"
2,Kenya,9,880,889
3,Peru,9,3,12
4,Fiji,2,—,2
Total,,34,"2,087","2,121"
`,
  games: `Date,Opponent,Venue,Result,Attendance
"April 2, 2001",Rovers,Home Park,Won 3-1,"9,800 people"
"May 9, 2001",United,Old Field,Lost 0-2,"12,400 people"
"January 5, 2002",Rovers,Home Park,Won 2-0,"11,050 people"
"June 30, 2002",Albion*,Old Field,Drawn 1-1,"8,020 people"
`,
  films: `Title,Director,Opened,Country,Minutes,Budget
Quiet Sea,Ana Ruiz,3 March 1999,Spain,98.5,20
"Red, the Fox",Bo Lind,12 July 1998,Sweden,110.25,35
North Wind,Ana Ruiz,1 June 2003,Spain,91.5,15
Lanterns,Kei Ito,8 May 2001,Japan,121.5,60
`,
  tracks: `${["Track,Title,Singer", ...Array.from({ length: 40 }, (_, at) => `${at + 1},Song ${String.fromCharCode(65 + (at % 26))}${at},${at < 28 ? "Mira" : "Oskar"}`)].join("\n")}\n`,
} as const;
