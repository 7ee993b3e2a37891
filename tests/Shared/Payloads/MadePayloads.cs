namespace WhatsSession.Tests;

/// <summary>Payloads for what the samples do not show, after Meta's documentation. Every id and name is invented.</summary>
internal static class MadePayloads
{
    private const string Metadata = "\"metadata\":{\"display_phone_number\":\"15550009000\",\"phone_number_id\":\"314159265358979\"}";

    public static byte[] Location { get; } = Payload.Message("\"type\":\"location\",\"location\":{\"latitude\":\"40.5\",\"longitude\":-73}");

    public static byte[] Contacts { get; } = Payload.Message("""
        "type":"contacts","contacts":[{"origin":"other","birthday":"1990-01-02","vcard":"BEGIN:VCARD","name":{"formatted_name":"Dr Ben Ode II","first_name":"Ben","middle_name":"K","last_name":"Ode","prefix":"Dr","suffix":"II"},"org":{"company":"Ode & Co","department":"Kettles","title":"Smith"},
        "phones":[{"phone":"+1 555","wa_id":"15550005678","type":"CELL"}],"emails":[{"email":"ben@ode.example.test","type":"WORK"}],"urls":[{"url":"https://ode.example.test","type":"WORK"}],
        "addresses":[{"street":"1 Sample Way","city":"Newtown","state":"NT","zip":"12345","country":"Nowhere","country_code":"nw","type":"HOME"}]}]
        """);

    public static byte[] Reaction { get; } = Payload.Message("\"type\":\"reaction\",\"reaction\":{\"message_id\":\"wamid.Y\",\"emoji\":\"👍\"}");

    public static byte[] Order { get; } = Payload.Message("""
        "type":"order","order":{"catalog_id":"8080","text":"Quickly please","product_items":[{"product_retailer_id":"KET-1","quantity":"2","item_price":19.90,"currency":"EUR"},{"product_retailer_id":"LID-1","quantity":1,"item_price":"5","currency":"EUR"}]}
        """);

    public static byte[] Welcome { get; } = Payload.Message("\"type\":\"request_welcome\"");

    public static byte[] Address { get; } = Payload.Message("""
        "type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"address_message","body":"1 Sample Way","response_json":"{\"saved_address_id\":\"a1\",\"values\":{\"city\":\"Newtown\",\"in_pin_code\":\"400063\"}}"}}
        """);

    public static byte[] ImageWithError { get; } = Payload.Message("\"type\":\"image\",\"errors\":[{\"code\":131052,\"title\":\"Media download error\"}]");

    public static byte[] History { get; } = Payload.Of("{" + Metadata + """
        ,"history":[{"metadata":{"phase":0,"chunk_order":1,"progress":"55"},"threads":[{"messages":[
        {"from":"15550001234","id":"wamid.H1","timestamp":"1794800000","type":"text","text":{"body":"old question"},"history_context":{"status":"READ"}},
        {"from":"15550009000","to":"15550001234","id":"wamid.H2","timestamp":"1794800001","type":"text","text":{"body":"old answer"},"history_context":{"status":"DELIVERED"}},
        {"from":"15550009000","id":"wamid.H3","timestamp":"1794800002","type":"media_placeholder"}],"id":"15550001234"}]}]}
        """, "history");

    public static byte[] HistoryDeclined { get; } = Payload.Of("{" + Metadata + ""","history":[{"errors":[{"code":2593109,"title":"History sharing is turned off"}]}]}""", "history");

    public static byte[] AppEcho { get; } = Payload.Of("{" + Metadata + ""","message_echoes":[{"from":"15550009000","to":"15550001234","id":"wamid.E1","timestamp":"1794900000","type":"text","text":{"body":"from the app"}}]}""", "smb_message_echoes");

    public static byte[] Alert { get; } = Payload.Of("""{"entity_type":"BUSINESS","entity_id":"77","alert_info":{"alert_severity":"CRITICAL","alert_status":"ACTIVE","alert_type":"OBA_REJECTED","alert_description":"Not notable."}}""", "account_alerts");

    public static byte[] Restriction { get; } = Payload.Of("""{"event":"ACCOUNT_RESTRICTION","restriction_info":[{"restriction_type":"RESTRICTED_CUSTOMER_INITIATED_MESSAGING","expiration":1795504800,"remediation":"Appeal"}]}""", "account_update");

    public static byte[] PartnerRemoved { get; } = Payload.Of("""{"event":"PARTNER_REMOVED","disconnection_info":{"reason":"USER_INITIATED","initiated_by":"business"},"waba_info":{"waba_id":"271828182845904","owner_business_id":"99","partner_app_id":"98","solution_id":"97","solution_partner_business_ids":["96",95]}}""", "account_update");

    public static byte[] Tier { get; } = Payload.Of("""{"event":"VOLUME_BASED_PRICING_TIER_UPDATE","volume_tier_info":{"tier_update_time":1794900000,"pricing_category":"UTILITY","tier":"25000001:50000000","effective_month":"2026-11","region":"India"}}""", "account_update");

    public static byte[] Country { get; } = Payload.Of("""{"event":"BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE","country":"DE"}""", "account_update");

    public static byte[] NumberQuality { get; } = Payload.Of("""{"display_phone_number":"15550009000","event":"THROUGHPUT_UPGRADE","current_limit":"TIER_10K","old_limit":"TIER_1K","max_daily_conversations_per_business":"TIER_10K"}""", "phone_number_quality_update");

    public static byte[] Security { get; } = Payload.Of("""{"display_phone_number":"15550009000","event":"PIN_CHANGED","requester":"61550000000000"}""", "security");

    public static byte[] FlowStatus { get; } = Payload.Of("""{"event":"FLOW_STATUS_CHANGE","message":"Flow moved on","flow_id":"6627","old_status":"DRAFT","new_status":"PUBLISHED"}""", "flows");

    public static byte[] FlowLatency { get; } = Payload.Of("""{"event":"ENDPOINT_LATENCY","message":"Slow","flow_id":6627,"p50_latency":8000,"p90_latency":"9500","requests_count":34,"threshold":7000,"alert_state":"ACTIVATED"}""", "flows");

    public static byte[] FlowErrors { get; } = Payload.Of("""{"event":"CLIENT_ERROR_RATE","flow_id":"6627","error_rate":14.28,"availability":"85.5","warning":"w","threshold":10,"alert_state":"ACTIVATED","errors":[{"error_type":"INVALID_SCREEN","error_rate":66.66,"error_count":2}]}""", "flows");

    public static byte[] Participants { get; } = Payload.Of("{" + Metadata + ""","groups":[{"timestamp":"1794900000","group_id":"Z3Jw","type":"group_participants_remove","initiated_by":"business","removed_participants":[{"wa_id":"15550001234","user_id":"US.40917263548812004417","username":"@martaq"}],"failed_participants":[{"input":"15550005678","errors":[{"code":131206,"title":"Not a member"}]}],"added_participants":[]}]}""", "group_participants_update");

    public static byte[] JoinRequest { get; } = Payload.Of("{" + Metadata + ""","groups":[{"timestamp":"1794900000","group_id":"Z3Jw","type":"group_join_request_created","join_request_id":"jr1","wa_id":"15550001234","user_id":"US.40917263548812004417"}]}""", "group_participant_update");

    public static byte[] GroupSuspended { get; } = Payload.Of("{" + Metadata + ""","groups":[{"timestamp":"1794900000","group_id":"Z3Jw","type":"group_suspend","reason":"policy"}]}""", "group_status_update");

    public static byte[] CategoryChanged { get; } = Payload.Of("""{"message_template_id":7001,"message_template_name":"status_note","message_template_language":"en","previous_category":"UTILITY","new_category":"MARKETING"}""", "template_category_update");

    public static byte[] UserIdChanged { get; } = Payload.Of("{" + Metadata + ""","messages":[{"from_user_id":"US.40917263548812004417","id":"wamid.S1","timestamp":"1794900000","type":"system","system":{"type":"user_changed_user_id","user_id":"US.88100294417705526631","parent_user_id":"US.ENT.1"}}]}""");

    public static byte[] SignUp { get; } = Payload.Of("{" + Metadata + ""","user_preferences":[{"user_id":"US.40917263548812004417","category":"marketing_messages","value":"signup","signup_id":"su1","timestamp":1794900000}]}""", "user_preferences");

    public static byte[] Sticker { get; } = Payload.Message("\"type\":\"sticker\",\"sticker\":{\"id\":\"9\",\"mime_type\":\"image/webp\",\"animated\":true}");

    public static byte[] Video { get; } = Payload.Message("\"type\":\"video\",\"video\":{\"id\":\"9\",\"mime_type\":\"video/mp4\",\"caption\":\"look\"}");

    public static byte[] Button { get; } = Payload.Message("\"type\":\"interactive\",\"interactive\":{\"type\":\"button_reply\",\"button_reply\":{\"id\":\"yes\",\"title\":\"Yes\"}}");

    public static byte[] Transcript { get; } = Payload.Of("{" + Metadata + ""","calls":[{"id":"wacid.T1","from":"15550001234","from_user_id":"US.40917263548812004417","from_parent_user_id":"US.ENT.1","timestamp":"1794900000","event":"call_transcription_available","call_transcript":{"document":{"id":"1002","sha256":"c2hh","mime_type":"application/json","url":"https://lookaside.example.test/1002"}}}]}""", "calls");

    public static byte[] CallMediaUpdate { get; } = Payload.Of("{" + Metadata + ""","calls":[{"id":"wacid.M1","to":"15550001234","timestamp":"1794900000","event":"media_update","direction":"BUSINESS_INITIATED","session":{"sdp_type":"offer","sdp":"v=0"}}]}""", "calls");

    public static byte[] ParcelStatus { get; } = Payload.Of("{" + Metadata + ""","statuses":[{"id":"wamid.P1","type":"parcel","status":"collected","timestamp":"1794900000","recipient_id":"15550001234","recipient_user_id":"US.40917263548812004417"}]}""");

    public static byte[] NumberSettings { get; } = Payload.Of("""{"messaging_product":"whatsapp","timestamp":"1794900000","type":"phone_number_settings","phone_number_settings":{"phone_number_id":"314159265358979","calling":{"status":"ENABLED","call_icon_visibility":"DEFAULT","callback_permission_status":"ENABLED","call_hours":{"status":"DISABLED"},"sip":{"status":"DISABLED"}},"user_identity_change":{"enable_identity_key_check":true}}}""", "account_settings_update");

    public static byte[] CategoryDetected { get; } = Payload.Of("""{"message_template_id":7002,"message_template_name":"auto_1","message_template_language":"en","category":"UTILITY","correct_category":"MARKETING"}""", "template_correct_category_detection");

    public static byte[] UserActions { get; } = Payload.Of("{" + Metadata + ""","user_actions":[{"action_type":"marketing_messages_link_click","timestamp":"1794900000","marketing_messages_link_click_data":{"click_component":"cta","product_id":"sku-1","click_id":"c1","tracking_token":"t1"}},{"action_type":"landing_page_view","timestamp":"1794900002","marketing_messages_link_click_data":{"click_id":"c1","tracking_token":"t1"}}]}""");

    public static byte[] PaymentMethod { get; } = Payload.Message("""
        "type":"interactive","interactive":{"type":"payment_method","payment_method":{"payment_method":"offsite_card_pay","payment_timestamp":1794899990,"reference_id":"order-9","last_four_digits":"5235"}}
        """);

    public static byte[] OldVoice { get; } = Payload.Message("\"type\":\"voice\",\"voice\":{\"id\":\"9\",\"mime_type\":\"audio/ogg; codecs=opus\",\"sha256\":\"c2hh\"}");

    public static IReadOnlyList<byte[]> All { get; } =
    [
        Location, Contacts, Reaction, Order, Welcome, Address, ImageWithError, History, HistoryDeclined, AppEcho, Alert, Restriction, PartnerRemoved, Tier, Country, NumberQuality, Security,
        FlowStatus, FlowLatency, FlowErrors, Participants, JoinRequest, GroupSuspended, CategoryChanged, UserIdChanged, SignUp, Sticker, Video, Button, Transcript, CallMediaUpdate, ParcelStatus, NumberSettings, CategoryDetected, UserActions,
        PaymentMethod, OldVoice,
    ];
}
