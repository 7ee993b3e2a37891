namespace WhatsSession.Core.Tests.Sending;

public sealed class GraphErrorCodesTests
{
    /// <summary>platform.md §8.2, code by code with its class R: N no, B back-off, T transient, F fix first, W window or consent, L later.</summary>
    private const string Table =
        """
        0 F; 1 T; 2 B; 3 F; 4 B; 10 F; 33 F; 100 N; 190 F; 200 F; 201 F; 250 F; 298 F; 299 F; 368 L; 613 B; 80007 B
        130429 B; 130472 W; 130497 N; 130501 N
        131000 T; 131005 F; 131008 N; 131009 N; 131016 B; 131020 N; 131021 N; 131026 N; 131030 F; 131031 F; 131035 N; 131036 N; 131037 F
        131041 N; 131042 F; 131043 N; 131044 F; 131045 F; 131047 W; 131048 L; 131049 L; 131050 W; 131051 N; 131052 N; 131053 N; 131055 N
        131056 B; 131057 B; 131062 N; 131063 F; 131064 L
        131201 N; 131202 N; 131204 N; 131207 N; 131208 B; 131209 N; 131210 N; 131211 N; 131212 N; 131213 N; 131214 N; 131215 N
        132000 N; 132001 F; 132005 N; 132007 N; 132008 N; 132012 N; 132015 L; 132018 N; 132068 F; 132069 B
        133000 T; 133004 B; 133005 F; 133006 F; 133008 L; 133009 B; 133010 F; 133015 B; 133016 L
        134011 F; 134100 N; 134101 B; 134102 F; 135000 N; 137000 W
        139000 F; 139001 F; 139002 F; 139003 F; 139004 F; 139101 N; 139102 B; 139103 T; 139200 F
        1752041 N; 200005 F; 200006 F; 200007 F; 2494191 F
        2388019 N; 2388040 N; 2388047 N; 2388072 N; 2388073 N; 2388293 N; 2388299 N; 2388318 N; 2388330 N
        2494164 N; 2494170 N; 2494179 N; 2593079 N; 2593085 N; 2593107 N; 2593108 N
        """;

    public static TheoryData<int, char> Classes
    {
        get
        {
            var data = new TheoryData<int, char>();
            foreach (var entry in Table.Split([';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                data.Add(int.Parse(entry[..^2]), entry[^1]);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void CategoryOf_AKnownCode_IsOfItsClass(int code, char retryClass) =>
        GraphErrorCodes.CategoryOf(code).Should().BeOneOf(retryClass switch
        {
            'N' => [GraphErrorCategory.InvalidRequest],
            'B' or 'T' => [GraphErrorCategory.RateLimited, GraphErrorCategory.Unavailable],
            'F' => [GraphErrorCategory.Configuration],
            'W' => [GraphErrorCategory.WindowClosed, GraphErrorCategory.Consent],
            _ => new[] { GraphErrorCategory.Restricted },
        });

    /// <summary>The table says N, and someone has to put another template in its place: a matter for the operator, not for the code that sends.</summary>
    [Fact]
    public void CategoryOf_ADisabledTemplate_IsConfiguration() => GraphErrorCodes.CategoryOf(132016).Should().Be(GraphErrorCategory.Configuration);

    /// <summary>Within a class the table cannot say which: these are limits on our rate, the rest of B and T is Meta's trouble.</summary>
    [Fact]
    public void CategoryOf_RateLimits_AreTheseAlone() =>
        Classes.Select(row => row.Data.Item1).Where(code => GraphErrorCodes.CategoryOf(code) == GraphErrorCategory.RateLimited)
            .Should().BeEquivalentTo([4, 613, 80007, 130429, 131056, 131208, 132069, 133009]);

    [Fact]
    public void CategoryOf_ClosedWindow_Is131047Alone() =>
        Classes.Select(row => row.Data.Item1).Where(code => GraphErrorCodes.CategoryOf(code) == GraphErrorCategory.WindowClosed).Should().Equal(131047);

    [Theory]
    [InlineData(-1)]
    [InlineData(199)]
    [InlineData(300)]
    [InlineData(131046)]
    [InlineData(131059)]
    [InlineData(131200)]
    [InlineData(131216)]
    [InlineData(138999)]
    [InlineData(139005)]
    [InlineData(2494163)]
    [InlineData(2494180)]
    [InlineData(int.MaxValue)]
    public void CategoryOf_ACodeThatIsNotInTheTable_IsUnknown(int code) => GraphErrorCodes.CategoryOf(code).Should().Be(GraphErrorCategory.Unknown);

    [Fact]
    public void Constants_OfCodes_AreMetasNumbers() =>
        new[]
        {
            GraphErrorCodes.AccessTokenInvalid, GraphErrorCodes.InvalidParameter, GraphErrorCodes.ThroughputReached,
            GraphErrorCodes.ReEngagementRequired, GraphErrorCodes.PairRateLimit, GraphErrorCodes.TemplateMissing,
        }.Should().Equal(190, 100, 130429, 131047, 131056, 132001);
}
