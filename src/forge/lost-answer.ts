export { LostAnswer } from '../store/lost-answer.ts';
