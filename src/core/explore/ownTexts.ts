/** Our own wording of every prompt. What each is for stands in `prompts.ts`; who assembles them, in `imagine.ts` and beside it. */
import type { PromptSet } from './prompts.ts';

const intro = `You are going to learn how a tool behaves by using it. This is the tool:

{api_descriptions}

The parameters it takes, as JSON Schema:
{api_parameters}`;

const reactForm = `Write in exactly this form:

Thought: what you want to do and why
Action: the name of the tool, one of: {api_names}
Action Input: the arguments as one JSON object, for instance
{{
    "parameter": "value"
}}

Then stop. What the tool returns follows after "Observation:"; never write that yourself. One call at a time. When you know enough, or see that the tool cannot help, write

Thought: what you found
Final Answer: the answer to the user`;

export const ownTexts: PromptSet = {
  texts: {
    imagine: `${intro}

Think of a person who does not know this tool and has a real need that it could meet. Write what that person would ask: one request, natural, with all the concrete details a call would need, without naming the tool or its parameters. Write the request alone. Do not answer it.

User Query:`,

    'imagine-next': `You have seen a little more of how the tool behaves. Write another request of a person, one that shows you something about the tool which you do not know yet. Again the request alone, not the answer.

User Query:`,

    'explored-before': 'These requests were tried before, each with whether it was solved:',
    'explored-after':
      'Choose one that teaches something new about the tool. Stay clear of anything close to these.',

    act: `Now answer the request with the tools.

${reactForm}

{other_tools}The request: {query}`,

    'act-next': `Now answer this request in the same way, in the same form: Thought, Action, Action Input, and at the end Thought and Final Answer.`,

    reflect: 'Was the request really fulfilled in the end? Answer "Yes" or "No".',

    'act-tools': `Now answer the request. Call the tools where they help, one call at a time, and read what comes back: when a call is refused, find out why and try again. When you know enough, answer the user in plain words. If the tools cannot help, say so.

The request: {query}`,

    'act-tools-next': `Now answer this request in the same way: {query}`,

    'reflect-structured': `Look back at this request. Answer with one JSON object and nothing else:
{{
    "fulfilled": true or false,
    "cause": "why it went as it did, in one sentence",
    "lesson": "one sentence about the tool that its description does not tell and that the next caller should know, with the parameter in backticks; empty if there is none",
    "next": "what to try next, in one sentence"
}}
A request counts as fulfilled only if a call succeeded and the answer rests on what it returned.`,

    'call-first': `${intro}

This time start with the call: make one that shows something about the tool which you do not know yet, with realistic values, as a person's need would bring them up. Call the tool now. When it is refused, find out why and try again.`,

    'call-first-next':
      'This time start with the call: make one that shows something about the tool which you do not know yet, with realistic values. Call the tool now.',

    'call-first-react': `${intro}

This time start with the call: make one that shows something about the tool which you do not know yet, with realistic values, as a person's need would bring them up. When it is refused, find out why and try again.

${reactForm}`,

    'call-first-react-next':
      'This time start with the call: make one that shows something about the tool which you do not know yet, with realistic values. Use the same form: Thought, Action, Action Input.',

    'query-for-call': `Now write the request of a person whom exactly this call answers: natural, specific, holding every detail that the call needed, without naming the tool or its parameters. Write the request alone.

User Query:`,

    'lessons-before': 'What is known about the tool from earlier trials:',
    'uncovered-before': 'Not tried yet:',
    'too-close-before': 'Too close to what was tried; write something clearly different from:',

    simulate: `You stand in for a tool that cannot be run. A program calls it, and you answer what the real tool would return: with plausible, concrete data, in the form its documentation promises, and never with a remark about the simulation. This is the tool:

{api_descriptions}

The parameters it takes, as JSON Schema:
{api_parameters}

Answer with one JSON object and nothing else. When the tool does what it was asked:
{{
    "status": "ok",
    "content": what it returns, as JSON or as text
}}
When it has to refuse (something that is not there, a value that the documentation forbids, two arguments that contradict each other):
{{
    "status": "rejected",
    "message": "the error, in the words of such a service"
}}
Agree with every earlier answer: what was created is there under its id, what was deleted is gone, and what was counted stays counted.`,

    'simulate-output': 'What it returns, as JSON Schema:',
    'simulate-before': 'Earlier calls, each with what was answered:',
    'simulate-call': 'The call to answer now:\n{call}',
  },

  unreadable: {
    'no-action-input':
      'That was neither a call nor a final answer. For a call write "Action:" and the tool, then "Action Input:" and a JSON object ("Action Input: {}" when there are no arguments). If you are done, write "Final Answer:" and the answer. Do not write "Observation:" yourself.',
    'many-action-inputs': 'That had "Action Input:" more than once. Make one call at a time.',
    'no-action':
      'That named no tool. Write "Action:" and one of these before "Action Input:": {}. If you are done, write "Final Answer:" and the answer.',
    'many-actions': 'That had "Action:" more than once. Make one call at a time.',
    'unknown-tool': 'There is no such tool. These are the tools: {}.',
    'no-open-brace': 'The Action Input has to be a JSON object, beginning with "{".',
    'no-close-brace': 'The Action Input has to be a JSON object, ending with "}", with nothing after it.',
    'not-json': 'The Action Input cannot be read as JSON. Please write it again.',
  },
};
