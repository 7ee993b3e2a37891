using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

/// <content>Numbers that people dial otherwise than Meta writes them.</content>
public abstract partial class StoreConformanceTests
{
    private static readonly CustomerId Dialled = CustomerId.Parse("541155550123");
    private static readonly CustomerId Canonical = CustomerId.Parse("5491155550123");
    private static readonly CustomerId OtherForm = CustomerId.Parse("5491155550199");
    private static readonly ConversationKey ByDialled = new(Number, Dialled);
    private static readonly ConversationKey ByCanonical = new(Number, Canonical);
    private static readonly ConversationKey ByOtherForm = new(Number, OtherForm);

    [Fact]
    public async Task SettleIntentAsync_AnswerNamesAnotherForm_IsOneConversationFromBothSides()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByCanonical, Start)), Token);
        await store.JoinAsync(ByDialled, new ConversationState(lastInbound: null, Start - Duration.FromDays(1)), Start, Token);
        Assert.Null(await ReadLastInboundAsync(store, ByDialled));

        var sent = await NameAsync(store, ByDialled, Canonical);

        foreach (var side in (ConversationKey[])[ByDialled, ByCanonical])
        {
            var snapshot = await store.ReadAsync(side, Token);
            Assert.Equal(new ConversationState(Start, Start - Duration.FromDays(1)), snapshot.State);
            Assert.Equal(side, snapshot.Key);
            Assert.Equal([sent.Id, null], (await store.ReadLogAsync(side, before: null, 10, Token)).Select(static line => line.Intent));
        }

        Assert.Null(await ReadLastInboundAsync(store, new ConversationKey(OtherNumber, Dialled)));
    }

    [Fact]
    public async Task SettleIntentAsync_DialledNumberOfAUser_IsThatCustomer()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByUser, Start, new IdentityLink(Canonical, User)), Rotation(User, SecondUser, Start)), Token);
        await NameAsync(store, ByDialled, Canonical);
        foreach (var side in (ConversationKey[])[ByDialled, ByCanonical, ByUser, BySecondUser])
        {
            Assert.Equal(Start, await ReadLastInboundAsync(store, side));
            Assert.Equal(2, (await store.ReadLogAsync(side, before: null, 10, Token)).Count);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task IngestAsync_StatusOfOurSendNamesAnotherForm_IsOneConversation(bool namesTheUser)
    {
        var store = await CreateAsync();
        var sent = Intent(ByDialled, Start, "Hello");
        await store.SaveIntentAsync(sent, Token);
        await store.IngestAsync(Batch(Text("a", ByCanonical, Start)), Token);

        var status = Status("sent", DeliveryStatus.Delivered, namesTheUser ? ByUser : ByCanonical, Start, intent: sent.Id);
        await store.IngestAsync(Batch(namesTheUser ? WithLink(status, new IdentityLink(Canonical, User)) : status), Token);

        Assert.Equal(Start, await ReadLastInboundAsync(store, ByDialled));
        Assert.Equal(2, (await store.ReadLogAsync(ByCanonical, before: null, 10, Token)).Count);
    }

    [Fact]
    public async Task IngestAsync_StatusOfAnotherSend_NamesNoForm()
    {
        var store = await CreateAsync();
        var (toUser, elsewhere) = (Intent(ByUser, Start, "Hello"), Intent(new ConversationKey(OtherNumber, Dialled), Start, "Hello"));
        await store.SaveIntentAsync(toUser, Token);
        await store.SaveIntentAsync(elsewhere, Token);
        await store.IngestAsync(
            Batch(
                Text("a", ByCanonical, Start),
                Status("one", DeliveryStatus.Sent, ByCanonical, Start, intent: toUser.Id),
                Status("two", DeliveryStatus.Sent, ByCanonical, Start, intent: elsewhere.Id),
                Status("three", DeliveryStatus.Sent, ByCanonical, Start, intent: IntentId.New())),
            Token);
        Assert.Null(await ReadLastInboundAsync(store, ByUser));
        Assert.Null(await ReadLastInboundAsync(store, new ConversationKey(OtherNumber, Dialled)));
    }

    [Fact]
    public async Task SettleIntentAsync_TwoFormsOfOneNumber_StandsAloneAndRaisesOneConflict()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByCanonical, Start), Text("b", ByOtherForm, Start + Duration.FromHours(1))), Token);
        await NameAsync(store, ByDialled, Canonical);
        Assert.Equal(Start, await ReadLastInboundAsync(store, ByDialled));
        await NameAsync(store, ByDialled, OtherForm);
        await NameAsync(store, ByDialled, SecondPhone);

        Because.Null(await ReadLastInboundAsync(store, ByDialled), "whose number it is cannot be said");
        Assert.Equal(Start, await ReadLastInboundAsync(store, ByCanonical));
        Assert.Equal(Start + Duration.FromHours(1), await ReadLastInboundAsync(store, ByOtherForm));
        Assert.Equal([Describe(IdentityConflict.ToEvent(Number, Dialled, Canonical, OtherForm, Start))], await DescribeConflictsAsync(store));
    }

    [Fact]
    public async Task IngestAsync_DialledNumberWritesItself_StandsAloneAndRaisesOneConflict()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByCanonical, Start)), Token);
        await NameAsync(store, ByDialled, Canonical);
        var own = Text("b", ByDialled, Start + Duration.FromHours(1));
        await store.IngestAsync(Batch(own, Text("c", ByDialled, Start + Duration.FromHours(2))), Token);

        Assert.Equal(Start, await ReadLastInboundAsync(store, ByCanonical));
        Assert.Equal(Start + Duration.FromHours(2), await ReadLastInboundAsync(store, ByDialled));
        Assert.Single(await DescribeConflictsAsync(store));
    }

    [Fact]
    public async Task IngestAsync_DialledNumberWritesInTheBatchThatNamesItsForm_RaisesOneConflict()
    {
        var store = await CreateAsync();
        var sent = Intent(ByDialled, Start, "Hello");
        await store.SaveIntentAsync(sent, Token);
        await store.IngestAsync(Batch(Status("sent", DeliveryStatus.Sent, ByCanonical, Start, intent: sent.Id), Text("a", ByDialled, Start)), Token);
        Assert.Single(await DescribeConflictsAsync(store));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SettleIntentAsync_NumberThatWroteBefore_StandsAloneAndRaisesOneConflict(bool byUser)
    {
        var store = await CreateAsync();
        await store.IngestAsync(
            Batch(byUser ? Text("a", ByUser, Start, new IdentityLink(Dialled, User)) : Copy("a", ByDialled, Start, EventLane.Live), Text("b", ByCanonical, Start)), Token);
        await NameAsync(store, ByDialled, Canonical);
        Assert.Equal(byUser ? Start : null, await ReadLastInboundAsync(store, ByDialled));
        Assert.Single(await DescribeConflictsAsync(store));
    }

    [Fact]
    public async Task SettleIntentAsync_NumberToWhichACopyWent_NamesNobodyAndIsJoined()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByCanonical, Start), Echo("copy", ByDialled, Start)), Token);
        await NameAsync(store, ByDialled, Canonical);
        Assert.Equal(Start, await ReadLastInboundAsync(store, ByDialled));
        Assert.Empty(await DescribeConflictsAsync(store));
    }

    [Fact]
    public async Task SettleIntentAsync_NumberWithImportedMessages_NamesNobodyAndIsJoined()
    {
        var store = await CreateAsync();
        await store.JoinAsync(ByDialled, new ConversationState(Start, denied: null), Start, Token);
        await NameAsync(store, ByDialled, Canonical);
        Assert.Equal(Start, await ReadLastInboundAsync(store, ByCanonical));
        Assert.Empty(await DescribeConflictsAsync(store));
        await store.IngestAsync(Batch(Text("old", ByDialled, Start - Duration.FromHours(1))), Token);
        Because.Null(await ReadLastInboundAsync(store, ByCanonical), "an event that is older than the import names the number as well");
    }

    [Fact]
    public async Task SettleIntentAsync_NumbersThatNameEachOther_StandAlone()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByCanonical, Start), Text("b", ByOtherForm, Start + Duration.FromHours(1))), Token);
        await NameAsync(store, ByDialled, Dialled);
        await NameAsync(store, ByDialled, Canonical);
        Because.Equal(Start, await ReadLastInboundAsync(store, ByDialled), "a number that was named for itself says nothing");
        await NameAsync(store, ByCanonical, OtherForm);
        await NameAsync(store, ByOtherForm, Dialled);

        Assert.Equal(Start, await ReadLastInboundAsync(store, ByCanonical));
        Assert.Equal(Start + Duration.FromHours(1), await ReadLastInboundAsync(store, ByOtherForm));
        Assert.Null(await ReadLastInboundAsync(store, ByDialled));
    }

    [Fact]
    public async Task SettleIntentAsync_AliasThatIsNotOfItsSend_IsIgnored()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByCanonical, Start)), Token);
        var sent = Intent(ByDialled, Start, "Hello");
        foreach (var alias in (IdentityAlias[])[new(Phone, Canonical), new(Dialled, User), new(User, Canonical), default])
        {
            await store.SettleIntentAsync(new SendSettlement(sent.Id, IntentState.Accepted, Sent) { Conversation = ByDialled, Alias = alias, At = Start }, Token);
        }

        Assert.Null(await ReadLastInboundAsync(store, ByDialled));
        Assert.Null(await ReadLastInboundAsync(store, ByPhone));
        Assert.Null(await ReadLastInboundAsync(store, ByUser));
        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await store.SettleIntentAsync(new SendSettlement(sent.Id, IntentState.Accepted, Sent) { Alias = new(Dialled, Canonical) }, Token));
    }

    [Fact]
    public async Task SettleIntentAsync_300NumbersOfOneCustomer_AreOneConversation()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByUser, Start, new IdentityLink(Canonical, User))), Token);
        ConversationKey[] dialled = [.. Enumerable.Range(0, 300).Select(static i => new ConversationKey(Number, CustomerId.Parse($"54110000{i:0000}")))];
        foreach (var number in dialled)
        {
            await NameAsync(store, number, Canonical);
        }

        foreach (var side in (ConversationKey[])[dialled[0], dialled[299], ByCanonical, ByUser])
        {
            Assert.Equal(Start, await ReadLastInboundAsync(store, side));
            Assert.Equal(301, (await store.ReadLogAsync(side, before: null, 1000, Token)).Count);
        }
    }

    [Fact]
    public async Task SettleIntentAsync_MessageHeldBeforeTheFormWasKnown_IsReleased()
    {
        var store = await CreateAsync();
        var held = Held(ByDialled, Start, "one");
        await store.HoldAsync(held, seen: null, Token);
        await store.IngestAsync(Batch(Text("a", ByCanonical, Start + Duration.FromHours(1))), Token);
        Assert.DoesNotContain(held.ToRelease(Start + Duration.FromHours(1)).Key, await DrainAsync(store, Start + Duration.FromHours(1)));

        await NameAsync(store, ByDialled, Canonical);

        Assert.Contains(held.ToRelease(Start + Duration.FromHours(1)).Key, await DrainAsync(store, Start + Duration.FromHours(1)));
        Assert.Equal([held.Id], await ListHeldIdsAsync(store, ByCanonical));
        Assert.True(await store.CancelHeldAsync(ByCanonical, held.Id, Token));
    }

    [Fact]
    public async Task IngestAsync_CustomerWritesUnderTheCanonicalForm_ReleasesWhatIsHeldForTheDialledOne()
    {
        var store = await CreateAsync();
        await NameAsync(store, ByDialled, Canonical);
        var held = Held(ByDialled, Start, "one");
        await store.HoldAsync(held, seen: null, Token);
        await store.IngestAsync(Batch(Text("a", ByCanonical, Start + Duration.FromHours(1))), Token);
        Assert.Contains(held.ToRelease(Start + Duration.FromHours(1)).Key, await DrainAsync(store, Start + Duration.FromHours(1)));
    }

    [Fact]
    public async Task ClaimFallbackAsync_ThroughBothForms_IsClaimedOnce()
    {
        var store = await CreateAsync();
        await NameAsync(store, ByDialled, Canonical);
        Assert.True(await ClaimAsync(store, Claim with { Conversation = ByDialled }, Start));
        Assert.False(await ClaimAsync(store, Claim with { Conversation = ByCanonical }, Start));
        Assert.False(await ClaimAsync(store, Claim with { Conversation = ByDialled }, Start));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task EraseAsync_CustomerWithADialledForm_CoversItFromEachSide(int side)
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByUser, Start, new IdentityLink(Canonical, User)), Text("b", ByCanonical, Start)), Token);
        var sent = await NameAsync(store, ByDialled, Canonical);
        await store.HoldAsync(Held(ByDialled, Start, "one"), seen: null, Token);
        await store.EraseAsync(((ConversationKey[])[ByDialled, ByCanonical, ByUser])[side], ErasedAt, Token);

        foreach (var party in (ConversationKey[])[ByDialled, ByCanonical, ByUser])
        {
            Assert.Equal(new ConversationState { Erased = ErasedAt }, (await store.ReadAsync(party, Token)).State);
            Assert.Empty(await store.ReadLogAsync(party, before: null, 10, Token));
            Assert.Empty(await store.ListHeldAsync(party, after: null, 10, Token));
        }

        Assert.Null(await store.ReadSendAsync(sent.Id, Token));
        await store.SettleIntentAsync(
            new SendSettlement(sent.Id, IntentState.Accepted, Sent) { Conversation = ByDialled, Alias = new(Dialled, Canonical), At = ErasedAt }, Token);
        var later = ErasedAt + Duration.FromHours(1);
        await store.IngestAsync(Batch(Text("later", ByCanonical, later)), Token);
        Because.Null(await ReadLastInboundAsync(store, ByDialled), "the alias is gone, and what was sent before the erasure does not bring it back");
    }

    [Fact]
    public async Task EraseAsync_NumberWithTwoForms_GoesWithEither_AndOneThatWroteItselfDoesNot()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByCanonical, Start), Text("b", BySecondPhone, Start)), Token);
        await NameAsync(store, ByDialled, Canonical);
        await NameAsync(store, ByDialled, OtherForm);
        await NameAsync(store, BySecondPhone, Canonical);
        await store.EraseAsync(ByCanonical, ErasedAt, Token);
        Because.Empty(await store.ReadLogAsync(ByDialled, before: null, 10, Token), "what was sent to it may have reached the customer");
        Assert.Equal(2, (await store.ReadLogAsync(BySecondPhone, before: null, 10, Token)).Count);
    }

    /// <summary>A send to a number whose answer names the form.</summary>
    private static async Task<SendIntent> NameAsync(IWhatsSessionStore store, ConversationKey dialled, CustomerId form)
    {
        var sent = Intent(dialled, Start, "Hello");
        await store.SaveIntentAsync(sent, Token);
        await store.SettleIntentAsync(
            new SendSettlement(sent.Id, IntentState.Accepted, MessageId.Parse($"wamid.{sent.Id}"))
            {
                Conversation = dialled,
                Alias = new IdentityAlias(dialled.Customer!.Value, form),
                At = Start,
            },
            Token);
        return sent;
    }

    private static async Task<string[]> DescribeConflictsAsync(IWhatsSessionStore store) =>
        [.. (await store.ClaimAsync(At(Start + Duration.FromDays(1)), Token)).Where(static claim => claim.Event.Lane == EventLane.Alert).Select(static claim => Describe(claim.Event))];
}
