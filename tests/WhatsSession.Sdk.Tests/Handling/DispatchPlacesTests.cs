using Microsoft.Extensions.Time.Testing;
using NodaTime;
using WhatsSession.Handling;
using WhatsSession.Options;
using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Handling;

[WithoutEmulator("No request.")]
public sealed class DispatchPlacesTests
{
    private static readonly TimeSpan HalfASecond = TimeSpan.FromMilliseconds(500);

    private readonly FakeTimeProvider _clock = new();
    private readonly List<DispatchInFlight> _inFlight = [];
    private long _position;

    [Fact]
    public void Ask_OneNumber_IsGivenEveryPlace()
    {
        var request = Ask(Places(numbers: 1))!.Value;

        (request.Limit, request.StatusLimit, request.ForWork, request.ForAlerts, request.Shares).Should().Be((16, 8, new OwnPlaces(2, null), new OwnPlaces(1, null), null));
    }

    [Theory]
    [InlineData(16, 12)]
    [InlineData(4, 3)]
    [InlineData(3, 2)]
    [InlineData(2, 1)]
    [InlineData(1, 1)]
    public void Ask_SeveralNumbers_LeavesEachThreeQuartersAndOneAtLeast(int places, int most)
    {
        var request = Ask(Places(numbers: 2, places))!.Value;

        (request.Shares!.Most, request.ForWork.Shares!.Most, request.ForAlerts.Shares!.Most).Should().Be((most, 1, 1));
    }

    [Fact]
    public void Ask_EventsOfNumbersThatNoOptionNames_ArePlacesOfSeveral()
    {
        var places = Places(numbers: 1);
        Take(places, EventLane.Live, Given.Number);
        Ask(places)!.Value.Shares.Should().BeNull();

        Take(places, EventLane.Account, number: null);
        Ask(places)!.Value.Shares.Should().BeNull("an account is no number");
        Take(places, EventLane.Live, Given.OtherNumber);

        Ask(places)!.Value.Shares!.Numbers.Should().Equal(new NumberShare(Given.Number, 1), new NumberShare(null, 1), new NumberShare(Given.OtherNumber, 1));
    }

    // Nobody knew of another number when the one took them all.
    [Fact]
    public void Ask_OneNumberHoldsEveryPlace_HasOneMoreForNumbersThatHoldNone()
    {
        var places = Places(numbers: 1);
        var first = Enumerable.Range(0, 16).Select(_ => Take(places, EventLane.Live, Given.Number)).ToArray();
        var request = Ask(places)!.Value;
        (request.Limit, request.Shares!.Most).Should().Be((1, 1));
        request.Shares.Numbers.Should().Equal(new NumberShare(Given.Number, 16));

        var stranger = Take(places, EventLane.Live, Given.OtherNumber);
        stranger.Place.Should().Be(DispatchPlace.Newcomer);
        Ask(places)!.Value.Limit.Should().Be(0, "there is one alone");
        places.Free(stranger);
        Ask(places)!.Value.Limit.Should().Be(1);

        // Down to its share there are places for all again. What takes its time lets nothing be claimed ahead.
        _clock.Advance(HalfASecond);
        foreach (var dispatch in first[..3])
        {
            places.Free(dispatch);
            (Ask(places)!.Value.Limit, Ask(places)!.Value.Shares!.Most).Should().Match<(int Limit, int Most)>(static free => free.Limit > 0 && free.Most == 12);
        }
    }

    [Fact]
    public void MoveLong_NewcomerThatRunsLong_GoesOnElsewhere()
    {
        var places = Places(numbers: 1, places: 2);
        Take(places, EventLane.Live, Given.Number);
        Take(places, EventLane.Live, Given.Number);
        var stranger = Take(places, EventLane.Live, Given.OtherNumber);
        _clock.Advance(HalfASecond * 2);

        places.MoveLong(_inFlight);

        stranger.Place.Should().Be(DispatchPlace.Long);
        Ask(places)!.Value.Limit.Should().Be(2);
    }

    [Fact]
    public void Ask_OnePlace_IsNeverMoreThanOne()
    {
        var places = Places(numbers: 1, places: 1);
        Take(places, EventLane.Live, Given.Number);

        Ask(places)!.Value.Limit.Should().Be(0);
    }

    [Fact]
    public void Ask_NumberServedAgain_StandsLastAndKeepsItsCount()
    {
        var places = Places(numbers: 2);
        Take(places, EventLane.Live, Given.Number);
        Take(places, EventLane.Live, Given.OtherNumber);
        var again = Take(places, EventLane.Live, Given.Number);
        places.Free(again);

        Ask(places)!.Value.Shares!.Numbers.Should().Equal(new NumberShare(Given.OtherNumber, 1), new NumberShare(Given.Number, 1));
    }

    [Fact]
    public void Ask_EveryPlaceTaken_IsNull()
    {
        var places = Places(numbers: 1, places: 1);
        Take(places, EventLane.Live, Given.Number);
        Take(places, EventLane.Work, Given.Number);
        Take(places, EventLane.Work, Given.Number);
        Ask(places)!.Value.Limit.Should().Be(0);
        var alert = Take(places, EventLane.Alert, Given.Number);
        Ask(places).Should().BeNull();

        places.Free(alert);

        Ask(places)!.Value.ForAlerts.Free.Should().Be(1);
    }

    [Fact]
    public void Take_WorkAndAlerts_GoToTheirOwnPlacesAndThenToTheOthers()
    {
        var places = Places(numbers: 2);

        Take(places, EventLane.Work, Given.Number).Place.Should().Be(DispatchPlace.Work);
        Take(places, EventLane.Work, Given.Number).Place.Should().Be(DispatchPlace.Shared, "one number of several has one of the two");
        Take(places, EventLane.Work, Given.OtherNumber).Place.Should().Be(DispatchPlace.Work);
        Take(places, EventLane.Alert, Given.Number).Place.Should().Be(DispatchPlace.Alert);
        Take(places, EventLane.Alert, Given.OtherNumber).Place.Should().Be(DispatchPlace.Shared);
        Take(places, EventLane.Live, Given.OtherNumber).Place.Should().Be(DispatchPlace.Shared);
    }

    [Fact]
    public void MoveLong_MoreThanHalfASecond_FreesThePlace()
    {
        var places = Places(numbers: 1);
        var status = Take(places, EventLane.Status, Given.Number);
        _clock.Advance(HalfASecond);
        places.MoveLong(_inFlight);
        (status.Place, Ask(places)!.Value.Limit, Ask(places)!.Value.StatusLimit).Should().Be((DispatchPlace.Shared, 15, 7));

        _clock.Advance(TimeSpan.FromTicks(1));
        var young = Take(places, EventLane.Live, Given.Number);
        places.MoveLong(_inFlight);

        (status.Place, young.Place, Ask(places)!.Value.Limit, Ask(places)!.Value.StatusLimit).Should().Be((DispatchPlace.Long, DispatchPlace.Shared, 15, 8));
    }

    [Fact]
    public void MoveLong_NumberThatHasThreeQuartersOfTheLongPlaces_KeepsTheRestWhereTheyAre()
    {
        var places = Places(numbers: 2, places: 8, longRunning: 4);
        var first = Enumerable.Range(0, 5).Select(_ => Take(places, EventLane.Live, Given.Number)).ToArray();
        var other = Take(places, EventLane.Work, Given.OtherNumber);
        _clock.Advance(HalfASecond * 2);

        places.MoveLong(_inFlight);
        first.Count(static dispatch => dispatch.Place == DispatchPlace.Long).Should().Be(3);
        other.Place.Should().Be(DispatchPlace.Long);
        places.Free(_inFlight[0]);
        _inFlight.RemoveAt(0);
        places.MoveLong(_inFlight);

        _inFlight.Count(static dispatch => dispatch.Place == DispatchPlace.Long).Should().Be(4);
        Ask(places)!.Value.Limit.Should().Be(7);
    }

    [Fact]
    public void Take_ManyNumbers_RemembersThoseThatHoldSomethingAndTheLastThatDidNot()
    {
        var places = Places(numbers: 2, places: 1024);
        var holding = PhoneNumberId.Parse("1");
        Take(places, EventLane.Live, holding);
        for (var i = 0; i < 1000; i++)
        {
            places.Free(Take(places, EventLane.Live, PhoneNumberId.Parse($"7{i}")));
        }

        var numbers = Ask(places)!.Value.Shares!.Numbers;
        numbers.Should().HaveCountLessThan(100).And.Contain(new NumberShare(holding, 1));
        numbers[^1].Number.Should().Be(PhoneNumberId.Parse("7999"));
    }

    [Fact]
    public void Ask_HandlersEndAtOnce_ClaimsOneMoreAheadForEachUntilOneTakesItsTime()
    {
        var places = Places(numbers: 1);
        for (var i = 1; i <= 40; i++)
        {
            places.Free(Take(places, EventLane.Live, Given.Number));
            Ask(places)!.Value.Limit.Should().Be(16 + i);
        }

        Ask(places)!.Value.StatusLimit.Should().Be(28);
        var slow = Take(places, EventLane.Live, Given.Number);
        _clock.Advance(TimeSpan.FromMilliseconds(5));
        places.Free(slow);

        Ask(places)!.Value.Limit.Should().Be(16 + 20);
        _clock.Advance(TimeSpan.FromMilliseconds(201));
        Ask(places)!.Value.Limit.Should().Be(16, "what was learnt before a rest says nothing of what comes");
    }

    [Fact]
    public void Ask_HandlersHaveAlwaysEndedAtOnce_ClaimsNoMoreThanAHundredAndTwelveAhead()
    {
        var places = Places(numbers: 1);
        for (var i = 0; i < 200; i++)
        {
            places.Free(Take(places, EventLane.Live, Given.Number));
        }

        Ask(places)!.Value.Limit.Should().Be(128);
    }

    [Fact]
    public void Ask_OneOfSeveralNumbersClaimedAhead_LeavesAQuarterToTheOthers()
    {
        var places = Places(numbers: 2);
        for (var i = 0; i < 24; i++)
        {
            places.Free(Take(places, EventLane.Live, Given.Number));
        }

        var waiting = Enumerable.Range(0, 30).Select(_ => Wait(places, EventLane.Live, Given.Number)).ToArray();
        var request = Ask(places)!.Value;
        (request.Limit, request.Shares!.Most, request.Shares.Numbers).Should().BeEquivalentTo((10, 30, new[] { new NumberShare(Given.Number, 30) }));

        Started(places).Should().Equal(waiting.Take(12), "no more than three quarters run at once, in the order of their claims");
        var other = Wait(places, EventLane.Live, Given.OtherNumber);
        Started(places).Should().Equal(other);
    }

    [Theory]
    [InlineData(1, 16, 14)]
    [InlineData(2, 12, 10)]
    public void Ask_HandlersThatEndAtOnce_SaysHowManyAreAheadOfTheirPlaces(int numbers, int atOnce, int atOnceBesideTwo)
    {
        var places = Places(numbers);
        Ask(places)!.Value.Ahead.Should().Be(0, "nothing is claimed ahead");
        for (var i = 0; i < 24; i++)
        {
            places.Free(Take(places, EventLane.Live, Given.Number));
        }

        AtOnce(places).Should().Be(atOnce);
        Take(places, EventLane.Live, Given.Number);
        Take(places, EventLane.Live, Given.Number);
        AtOnce(places).Should().Be(atOnceBesideTwo);
        for (var i = 0; i < 16; i++)
        {
            Wait(places, EventLane.Live, Given.Number);
        }

        AtOnce(places).Should().Be(0, "those that wait come before");

        static int AtOnce(DispatchPlaces places) => Ask(places)!.Value.Limit - Ask(places)!.Value.Ahead;
    }

    [Fact]
    public void TakeNext_LeaseOver_GivesNoPlace()
    {
        var places = Places(numbers: 1, places: 1);
        var late = Wait(places, EventLane.Live, Given.Number);
        var other = Wait(places, EventLane.Live, Given.Number);

        places.TakeNext(late.LeasedUntil).Should().Be(late);
        (late.HoldsPlace, Ask(places)!.Value.Limit).Should().Be((false, 0));
        places.TakeLate(late.LeasedUntil - Duration.FromTicks(1)).Should().BeEmpty();
        places.TakeLate(late.LeasedUntil).Should().Equal(other);
        Ask(places)!.Value.Limit.Should().Be(1);
    }

    [Fact]
    public void TakeNext_StatusesClaimedAhead_BeginBehindTheRestAndHoldHalfOfThePlaces()
    {
        var places = Places(numbers: 1, places: 4);
        var statuses = Enumerable.Range(0, 4).Select(_ => Wait(places, EventLane.Status, Given.Number)).ToArray();
        var message = Wait(places, EventLane.Live, Given.Number);

        Started(places).Should().Equal(message, statuses[0], statuses[1]);
        places.Free(statuses[0]);
        Started(places).Should().Equal(statuses[2]);
        places.TakeBack().Should().Equal(statuses[3]);
        Started(places).Should().BeEmpty();
    }

    private static List<DispatchInFlight> Started(DispatchPlaces places)
    {
        var started = new List<DispatchInFlight>();
        while (places.TakeNext(Given.T0) is { } next)
        {
            started.Add(next);
        }

        return started;
    }

    private DispatchPlaces Places(int numbers, int places = 16, int longRunning = 256)
    {
        var options = new WhatsSessionOptions { Dispatch = { MaxConcurrency = places, MaxLongRunning = longRunning } };
        options.Numbers.Add("support", Given.Number.Value, Given.AccessToken);
        if (numbers > 1)
        {
            options.Numbers.Add("sales", Given.OtherNumber.Value, "EAAother");
        }

        return new DispatchPlaces(new WhatsSessionSettings(options), _clock);
    }

    private static ClaimRequest? Ask(DispatchPlaces places) => places.Ask(new ClaimRequest(Given.T0, Duration.FromMinutes(1), 0));

    private DispatchInFlight Take(DispatchPlaces places, EventLane lane, PhoneNumberId? number)
    {
        var dispatch = Claimed(lane, number);
        places.Take(dispatch);
        _inFlight.Add(dispatch);
        return dispatch;
    }

    private DispatchInFlight Wait(DispatchPlaces places, EventLane lane, PhoneNumberId? number)
    {
        var dispatch = Claimed(lane, number);
        places.Wait(dispatch);
        return dispatch;
    }

    private DispatchInFlight Claimed(EventLane lane, PhoneNumberId? number)
    {
        var claim = new ClaimedEvent
        {
            Event = new StoredEvent
            {
                Key = EventKey.Of("test", lane, $"{++_position}"),
                Lane = lane,
                Field = "messages",
                Number = number,
                Timestamp = Given.T0,
                ReceivedAt = Given.T0,
                Raw = default,
            },
            Position = _position,
            Token = 1,
            Attempt = 1,
            FirstTriedAt = Given.T0,
            CompletedHandlers = [],
        };
        return new DispatchInFlight(claim, Given.T0 + Duration.FromMinutes(1));
    }
}
