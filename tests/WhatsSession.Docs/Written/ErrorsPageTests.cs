using System.Globalization;
using System.Reflection;
using System.Text;
using NodaTime;

namespace WhatsSession.Docs.Written;

/// <summary>The page on errors is the SDK's own table.</summary>
public sealed class ErrorsPageTests
{
    [Fact]
    public void Codes_OfThePage_AreThoseOfTheTable()
    {
        var codes = typeof(GraphErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(static field => field.IsLiteral)
            .ToLookup(static field => GraphErrorCodes.CategoryOf((int)field.GetRawConstantValue()!));
        var text = new StringBuilder();
        foreach (var category in Enum.GetValues<GraphErrorCategory>().Where(codes.Contains))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {category}\n\n{XmlDocs.Summary(typeof(GraphErrorCategory).GetField(category.ToString())!)}\n\n");
            text.Append("| code | name | meaning | advice | may the same request go again? |\n| --- | --- | --- | --- | --- |\n");
            foreach (var field in codes[category].OrderBy(static field => (int)field.GetRawConstantValue()!))
            {
                var code = (int)field.GetRawConstantValue()!;
                var advice = new GraphError { Code = code, Category = category }.Advice;
                text.Append(CultureInfo.InvariantCulture, $"| {code} | `{field.Name}` | {XmlDocs.Summary(field)} | {advice.Text} | {Again(code, advice.Retry)} |\n");
            }
        }

        Page.Of("docs/errors.md").ShouldHave("codes", text.ToString());
    }

    private static string Again(int code, GraphRetry retry) => (GraphErrorCodes.IsSafeToRetry(code) ? "the SDK does so; " : "") + retry switch
    {
        GraphRetry.Never => "no",
        GraphRetry.Once once => "when " + once.What,
        GraphRetry.Wait wait => $"after {Length(wait.First)}" + (wait.Factor == 1 ? "" : $", then {wait.Factor} times as long each time"),
        _ => throw new InvalidOperationException($"{retry} is a new kind."),
    };

    private static string Length(Duration time) =>
        time.TotalHours >= 1 ? Counted(time.TotalHours, "hour") : time.TotalMinutes >= 1 ? Counted(time.TotalMinutes, "minute") : Counted(time.TotalSeconds, "second");

    private static string Counted(double count, string unit) => string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");
}
