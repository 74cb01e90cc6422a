export type {
  AgentTurn,
  Desk,
  Problem,
  Recalled,
  SeenCall,
  SeenStep,
  SeenTrajectory,
  Studied,
  Subject,
  Traced,
} from "../../contracts/index.ts";
