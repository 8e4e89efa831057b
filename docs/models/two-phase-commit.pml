/*
 * Two-phase commit over two resource managers whose decision is kept in a log, and its takeover: an owner that may die at any
 * point, or be taken for dead while it lives; two processes that take over, of which the first may die, too; an operator; resource
 * managers that decide by themselves; and commands that arrive late, or twice because their answer was lost.
 *
 * The log here is not the product's: its rules are said once more, by hand. Each command that it applies is printed: the state before
 * it, the command, the answer, the state after it. check.sh beside this file proves the assertions over all runs, and records each
 * step that the log takes in any of them; TwoPhaseCommitModelTest walks them with the product's state machine.
 *
 * A rule is left out with -DNO_FENCE, -DSCAN_FIRST, -DGIVE_UP, -DFORGET_EARLY, -DHIDE: each breaks an assertion.
 */

#define OWNER 1
#define HEIR 2
#define SURVIVOR 3
#define OPERATOR 4
#define SESSIONS 5
#ifndef COPIES
#define COPIES 2
#endif

mtype:branches = { IDLE, PREPARED, DONE, UNDONE, SELF_DONE, SELF_UNDONE }; /* SELF_…: by the resource manager's own decision */
mtype:commands = { Expire, Record, Forget, Heuristic, Claim, Resolve };
mtype:replies = { ACCEPTED, ALREADY, FENCED, REJECTED };
mtype:statuses = { ABSENT, COMPLETING, COMMITTED, HEURISTIC_MIXED };
mtype:tellings = { NOTHING, TOLD_COMMITTED, TOLD_ABORTED };

/* The world. */
mtype:branches branch[2] = IDLE;
mtype:tellings told = NOTHING;
bool ownerEnded;
byte copies;                        /* commands that were applied once more */
byte selfWilled;                    /* decisions of resource managers */

/* The log's state: of sessions, and of the one transaction. */
bool ended[SESSIONS];
byte last[SESSIONS];                /* the number of the last command applied */
mtype:statuses status = ABSENT;
bool toCommit;                      /* what was decided, once there is a transaction */
byte holder;                        /* the session that serves it; 0: nobody */
byte entries;                       /* claims of it */
byte version;                       /* of the record; 0: none, or forgotten */
bool reported[2];            /* heuristic outcomes */
bool resolved;

bool decided;                       /* ghost: a decision to commit was applied, ever */

/* Commands on their way, one of each session: command, argument, number. */
chan wire[SESSIONS] = [1] of { mtype:commands, byte, byte };
chan back[SESSIONS] = [1] of { mtype:replies };

#define isLive (status == COMPLETING)
#define inDoubt (branch[0] == PREPARED || branch[1] == PREPARED)

inline tell() {
	printf("%d%d%d %d %d %d %d %d %d%d%d", !ended[1], !ended[2], !ended[3], status, toCommit, holder,
		entries, version, reported[0], reported[1], resolved)
}

inline end_(session) {
	if
	:: ended[session] -> answer = ALREADY
	:: else ->
		ended[session] = true;
		if
		:: isLive && holder == session -> holder = 0
		:: else
		fi
	fi
}

inline record(s, v) {
	if
	:: status == ABSENT ->
		if
		:: s != OWNER -> answer = REJECTED
		:: again -> answer = REJECTED
		:: else -> status = COMPLETING; toCommit = true; holder = s; version = v; decided = true;
			assert(told != TOLD_ABORTED);
			assert(branch[0] != IDLE && branch[1] != IDLE)      /* T3: prepared first */
		fi
	:: else ->
		if
		:: version == 0 -> answer = (toCommit -> ALREADY : REJECTED)
		:: version != 0 && v <= version -> answer = ALREADY
		:: version != 0 && v > version && s != holder -> answer = REJECTED
		:: else -> answer = (again -> REJECTED : ACCEPTED);
			version = (again -> version : v)
		fi
	fi
}

inline forget(s) {
	if
	:: status == ABSENT -> answer = REJECTED
	:: status != ABSENT && version == 0 -> answer = ALREADY
	:: else ->
		if
		:: again -> answer = REJECTED
		:: else ->
			version = 0;
			status = (status == HEURISTIC_MIXED -> HEURISTIC_MIXED : COMMITTED);
			assert(branch[0] != PREPARED && branch[1] != PREPARED);       /* nothing in doubt is forgotten */
			assert(status == HEURISTIC_MIXED || (branch[0] != SELF_UNDONE && branch[1] != SELF_UNDONE))  /* T5 */
		fi
	fi
}

inline report(s, b) {
	if
	:: status == ABSENT ->
		if
		:: s != OWNER || again -> answer = REJECTED
		:: else -> status = HEURISTIC_MIXED; toCommit = false; holder = s; reported[b] = true
		fi
	:: status != ABSENT && reported[b] -> answer = ALREADY
	:: else ->
		if
		:: again -> answer = REJECTED
		:: !again && (isLive || (status == HEURISTIC_MIXED && !resolved)) ->
			status = HEURISTIC_MIXED; reported[b] = true
		:: else -> answer = REJECTED
		fi
	fi
}

inline takeOver(s, attempt) {
	if
	:: status != ABSENT && holder == s && entries == attempt && attempt > 0 -> answer = ALREADY
	:: else ->
		if
		:: isLive && holder == 0 && attempt == entries + 1 && !again -> holder = s; entries = attempt
		:: else -> answer = REJECTED
		fi
	fi
}

inline settle(s) {
	if
	:: status == HEURISTIC_MIXED && resolved -> answer = ALREADY
	:: status == HEURISTIC_MIXED && !resolved && !again -> resolved = true
	:: else -> answer = REJECTED
	fi
}

/* One command of a session is applied. */
inline apply(s, command, argument, number) {
	tell();
	answer = ACCEPTED;
	again = command != Expire && number <= last[s];
	if
	:: command == Expire -> end_(argument)
	:: command != Expire && !again && ended[s] && fences -> answer = FENCED
	:: else ->
		last[s] = (again -> last[s] : number);
		if
		:: command == Record -> record(s, argument)
		:: command == Forget -> forget(s)
		:: command == Heuristic -> report(s, argument)
		:: command == Claim -> takeOver(s, argument)
		:: command == Resolve -> settle(s)
		fi
	fi;
	printf(" | %d %d %d %d %d | ", s, again, command, argument, answer);
	tell();
	printf("\n")
}

/* When all is quiet, nothing is in doubt and no decision is left. */
active proctype judge() {
	run taker(HEIR, true);
	run taker(SURVIVOR, false);
	_nr_pr == 3 && ownerEnded;
	assert(!inDoubt);
	assert(version == 0);
	assert(!decided || status == COMMITTED || status == HEURISTIC_MIXED)
}

/* What the network does: brings commands, loses answers, so that they are sent again. */
active proctype network() {
	mtype:commands command;
	byte argument, number, s;
	mtype:replies answer;
	bool again;
	bool fences = true;
#ifdef NO_FENCE
	fences = false;
#endif
end:	do
	:: atomic {
		if
		:: wire[1]?command, argument, number -> s = 1
		:: wire[2]?command, argument, number -> s = 2
		:: wire[3]?command, argument, number -> s = 3
		:: wire[4]?command, argument, number -> s = 4
		fi;
		apply(s, command, argument, number);
		if
		:: back[s]!answer
		:: copies < COPIES -> copies++; wire[s]!command, argument, number
		fi;
		answer = ACCEPTED; again = false; argument = 0; number = 0; s = 0
	}
	od
}

/* A resource manager whose patience ends. */
active proctype resources() {
end:	do
	:: atomic { selfWilled < 1 && branch[0] == PREPARED -> selfWilled++; branch[0] = SELF_DONE }
	:: atomic { selfWilled < 1 && branch[0] == PREPARED -> selfWilled++; branch[0] = SELF_UNDONE }
	:: atomic { selfWilled < 1 && branch[1] == PREPARED -> selfWilled++; branch[1] = SELF_UNDONE }
	od
}

inline send(s, command, argument) {
	atomic { number++; wire[s]!command, argument, number };
	back[s]?_
}

/* A branch is ended; what the resource manager has decided against it by itself is reported, where the rules say so. */
inline finish(s, b, commits) {
	atomic {
		if
		:: branch[b] == PREPARED && commits ->
			assert(decided);                                              /* T2: the decision first */
			assert(branch[1 - b] != UNDONE);                              /* T1: all or none */
			branch[b] = DONE
		:: branch[b] == PREPARED && !commits ->
			assert(branch[1 - b] != DONE);                                /* T1 */
			branch[b] = UNDONE
		:: else
		fi
	};
#ifndef HIDE
	if
	:: (commits && branch[b] == SELF_UNDONE) || (!commits && branch[b] == SELF_DONE) ->
		send(s, Heuristic, b)
	:: else
	fi
#endif
}

active proctype owner() {
	byte number;
	mtype:replies answer;
	if
	:: branch[0] = PREPARED
	:: goto rollBack
	:: goto dead
	fi;
	if
	:: branch[1] = PREPARED
	:: goto rollBack
	:: goto dead
	fi;
	if
	:: skip
	:: goto dead
	fi;
#ifdef GIVE_UP
	if
	:: skip
	:: atomic { number++; wire[OWNER]!Record, 1, number; goto rollBack }
	fi;
#endif
	atomic { number++; wire[OWNER]!Record, 1, number };
	if
	:: back[OWNER]?answer
	:: goto dead
	fi;
	atomic {
		if
		:: answer == FENCED || answer == REJECTED -> answer = ACCEPTED; goto rollBack
		:: else -> answer = ACCEPTED; told = TOLD_COMMITTED; assert(decided)
		fi
	};
	finish(OWNER, 0, true);
	if
	:: send(OWNER, Record, 2)                       /* the transaction manager writes it anew */
	:: skip
	:: goto dead
	fi;
	finish(OWNER, 1, true);
	if
	:: send(OWNER, Forget, 0)
	:: goto dead
	fi;
	goto dead;
rollBack:
	atomic { told = TOLD_ABORTED; assert(!decided) };
	finish(OWNER, 0, false);
	if
	:: skip
	:: goto dead
	fi;
	finish(OWNER, 1, false);
dead:	ownerEnded = true
}

proctype taker(byte me; bool mortal) {
	byte number;
	bool commits;
#ifdef SCAN_FIRST
	commits = decided;
#endif
	if
	:: me == SURVIVOR -> send(me, Expire, HEIR)     /* it takes over from both */
	:: else
	fi;
	send(me, Expire, OWNER);
#ifndef SCAN_FIRST
	commits = decided;
#endif
	if
	:: commits && status == COMPLETING && holder == 0 -> send(me, Claim, entries + 1)
	:: else
	fi;
	do
	:: mortal -> goto dead
	:: branch[0] == PREPARED -> finish(me, 0, commits)
	:: branch[1] == PREPARED -> finish(me, 1, commits)
#ifdef FORGET_EARLY
	:: commits -> goto forgotten
#endif
	:: ownerEnded && !inDoubt -> break
	od;
	finish(me, 0, commits);
	finish(me, 1, commits);
#ifdef FORGET_EARLY
forgotten:
#endif
	if
	:: commits -> send(me, Forget, 0)
	:: else
	fi;
dead:	skip
}

active proctype operator() {
	byte number;
	if
	:: status == HEURISTIC_MIXED -> send(OPERATOR, Resolve, 0)
	:: send(OPERATOR, Resolve, 0)
	fi
}
