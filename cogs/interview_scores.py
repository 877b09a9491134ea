"""What participants of a round read and tick privately: feedback, answers of others, the interviewer's sheet."""

from bot.chat import Cog, Context, NotFound, Reply, action
from bot.interviews.rounds_grading import Grading
from bot.interviews.rounds_peers import Peers
from cogs import interview_feedback_words as words


class InterviewScores(Cog):
    """Mock interviews: rounds with others, pairs, and practice alone."""

    name = "interview"

    def __init__(self, grading: Grading, peers: Peers) -> None:
        self._grading = grading
        self._peers = peers

    @action()
    async def feedback(self, ctx: Context, number: int, position: int) -> Reply:
        """Show a participant the feedback on their own answer."""
        return words.feedback(await self._grading.feedback(ctx.member, number, position))

    @action()
    async def score(self, ctx: Context, number: int, position: int) -> Reply:
        """Show the next answer of somebody else's that a participant scores."""
        found = await self._peers.next_sheet(ctx.member, number, position)
        return words.sheet(found) if found else words.all_scored()

    @action()
    async def tick(self, ctx: Context, review: int, point: int) -> Reply:
        """Turn a tick on or off."""
        return words.sheet(await self._peers.tick(ctx.member, review, point), again=True)

    @action()
    async def scored(self, ctx: Context, review: int) -> Reply:
        """Keep an answer's score, and show the next one."""
        number, position = await self._peers.done(ctx.member, review)
        found = await self._peers.next_sheet(ctx.member, number, position)
        return words.sheet(found, again=True) if found else words.all_scored(again=True)

    @action()
    async def sheet(self, ctx: Context, number: int, position: int) -> Reply:
        """Show the interviewer of a pair what to ask, and the rubric to tick."""
        found = await self._peers.next_sheet(ctx.member, number, position)
        if found is None:
            raise NotFound("This question is done.")
        return words.sheet(found)
